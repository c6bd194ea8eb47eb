/// The other direction: asking another service, with a time limit for each exchange.
@NullMarked
package dev.fedcore.http.client;

import org.jspecify.annotations.NullMarked;
