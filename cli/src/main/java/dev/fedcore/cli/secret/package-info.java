/// Credentials that are made on this host: bearer tokens in the published SDK's form, and API keys
/// in a data directory's `keys.json`.
///
/// Secrets are returned to be shown once and are never written anywhere. Read [SdkToken], then
/// [KeyRing].
@NullMarked
package dev.fedcore.cli.secret;

import org.jspecify.annotations.NullMarked;
