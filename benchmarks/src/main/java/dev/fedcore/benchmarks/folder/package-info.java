/// Folders for what is measured, which go when it is measured. Read [TemporaryFolder].
@NullMarked
package dev.fedcore.benchmarks.folder;

import org.jspecify.annotations.NullMarked;
