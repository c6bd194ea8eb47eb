/// Connections that know whom they wait for, and who closes those that wait too long.
@NullMarked
package dev.fedcore.http.connection;

import org.jspecify.annotations.NullMarked;
