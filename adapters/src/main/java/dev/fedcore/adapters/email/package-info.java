/// Sends e-mail by SMTP submission, one message with one recipient at a time.
///
/// A message is sent when the server has said 250 to the dot that ends it; what breaks before has
/// not been sent, and what breaks in between is in doubt. Begin with
/// [dev.fedcore.adapters.email.EmailAdapter].
///
/// Depends on the engine's port, Jakarta Mail and its implementation Angus Mail.
@NullMarked
package dev.fedcore.adapters.email;

import org.jspecify.annotations.NullMarked;
