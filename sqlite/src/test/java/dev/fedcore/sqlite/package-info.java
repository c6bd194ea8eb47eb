/// SQLite with a table of [Notes], and with what can happen to a file.
@NullMarked
package dev.fedcore.sqlite;

import org.jspecify.annotations.NullMarked;
