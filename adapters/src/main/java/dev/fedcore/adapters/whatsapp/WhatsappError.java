package dev.fedcore.adapters.whatsapp;

/// What one of Meta's error codes means for us.
///
/// @param says what is wrong, and what to do, for people
record WhatsappError(long code, Kind kind, String says) {

  /// What is to be done about an error.
  enum Kind {
    /// The token or its rights: an operator must act.
    AUTH,
    /// The account: somebody must talk to Meta.
    ACCOUNT,
    /// This message or its recipient: the same would be refused again.
    CONTENT,
    /// Later it may work.
    LATER
  }
}
