/// Verifies bundles of evidence without a server, as a verb of `fedcore` and as a program of its
/// own that holds little else: `fedcore-verify.jar`.
///
/// Sees `terminal` and the module `evidence`, and no library.
@NullMarked
package dev.fedcore.cli.bundle;

import org.jspecify.annotations.NullMarked;
