/// SQLite as everything here uses it: one writer that commits what waits together, readers beside
/// it, durable settings that are checked, numbered migrations.
@NullMarked
package dev.fedcore.sqlite;

import org.jspecify.annotations.NullMarked;
