/// Sends WhatsApp messages through Meta's Cloud API, and takes in what Meta reports of them.
///
/// Meta knows no idempotency key: a request whose answer was lost is in doubt until a report with
/// our effect key comes in. Begin with [dev.fedcore.adapters.whatsapp.WhatsappAdapter] and
/// [dev.fedcore.adapters.whatsapp.WhatsappWebhook].
///
/// Depends on the engine's port.
@NullMarked
package dev.fedcore.adapters.whatsapp;

import org.jspecify.annotations.NullMarked;
