/// Federation Core as its clients see it: one request, one answer, over HTTP.
///
/// Nothing here prints, and nothing decides: what the server says is handed on. Read
/// [FedcoreClient], then [Answer].
@NullMarked
package dev.fedcore.cli.client;

import org.jspecify.annotations.NullMarked;
