/// One request to another's HTTP service, and an honest word about how it went: answered in full,
/// never sent, or sent and not answered.
///
/// Nothing is sent twice. Read [dev.fedcore.adapters.wire.HttpAnswer], then
/// [dev.fedcore.adapters.wire.JsonPost].
///
/// Depends on the JDK's HTTP client.
@NullMarked
package dev.fedcore.adapters.wire;

import org.jspecify.annotations.NullMarked;
