/// Tells another system of every audit entry, by signed HTTP requests.
///
/// Takes what the outbox holds; keeps nothing itself. Read [WebhookDestination]. The other way,
/// Meta reports about WhatsApp messages to [WhatsappRoutes].
@NullMarked
package dev.fedcore.server.webhook;

import org.jspecify.annotations.NullMarked;
