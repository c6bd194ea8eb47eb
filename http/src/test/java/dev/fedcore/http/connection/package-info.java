/// Reading from connections, piece by piece.
@NullMarked
package dev.fedcore.http.connection;

import org.jspecify.annotations.NullMarked;
