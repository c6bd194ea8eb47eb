/// Tells another system of every audit entry, by signed HTTP requests.
///
/// Takes what the outbox holds; keeps nothing itself. Read [WebhookDestination].
@NullMarked
package dev.fedcore.server.webhook;

import org.jspecify.annotations.NullMarked;
