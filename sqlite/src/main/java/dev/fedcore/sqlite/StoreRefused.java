package dev.fedcore.sqlite;

/// A file that is there but must not be opened: it is in use, too new, or of another kind.
///
/// The message is one sentence for the person who starts the program: what is wrong, where, and
/// what to do. Trying again without doing it does not help.
public sealed class StoreRefused extends RuntimeException permits StoreOutdated {

  private static final long serialVersionUID = 1L;

  public StoreRefused(String message) {
    super(message);
  }
}
