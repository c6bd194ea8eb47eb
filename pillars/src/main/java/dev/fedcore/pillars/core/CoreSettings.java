package dev.fedcore.pillars.core;

import dev.fedcore.http.client.Credentials;
import dev.fedcore.pillars.core.chat.ChatSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How Core is run.
///
/// @param executor where the Workflow Executor listens
/// @param limit how long an exchange with the Executor or Bucket may take
/// @param execution whether workflows are sent at all
/// @param bucket where events are told; without it, nowhere
/// @param credentials how Core says who sends
/// @param chat the language model that is asked first; without it, the built-in agent alone
public record CoreSettings(
    URI executor,
    Duration limit,
    boolean execution,
    Optional<URI> bucket,
    Credentials credentials,
    Optional<ChatSettings> chat) {

  /// The name under which Core sends.
  public static final String ACTOR = "bhiv_core";
}
