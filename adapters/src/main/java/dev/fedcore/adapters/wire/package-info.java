/// One request to another's HTTP service, and an honest word about how it went: answered in full,
/// never sent, or sent and not answered.
///
/// Nothing is sent twice, and nothing to a receiver that does not know us. Read
/// [dev.fedcore.adapters.wire.HttpAnswer], then [dev.fedcore.adapters.wire.JsonPost], then
/// [dev.fedcore.adapters.wire.Circuit].
///
/// Depends on the JDK's HTTP client, and on SLF4J.
@NullMarked
package dev.fedcore.adapters.wire;

import org.jspecify.annotations.NullMarked;
