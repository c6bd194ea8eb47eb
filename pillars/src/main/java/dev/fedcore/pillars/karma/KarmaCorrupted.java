package dev.fedcore.pillars.karma;

/// The record of events is not what was written: somebody changed the file.
public final class KarmaCorrupted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KarmaCorrupted(String message) {
    super(message);
  }
}
