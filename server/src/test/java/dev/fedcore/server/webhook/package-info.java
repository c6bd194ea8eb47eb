/// The webhook, against a receiver that listens.
@NullMarked
package dev.fedcore.server.webhook;

import org.jspecify.annotations.NullMarked;
