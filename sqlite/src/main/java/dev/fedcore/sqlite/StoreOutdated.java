package dev.fedcore.sqlite;

/// A file of an older schema, opened by somebody who may not bring it up to date. A start of its
/// server does.
public final class StoreOutdated extends StoreRefused {

  private static final long serialVersionUID = 1L;

  StoreOutdated(String message) {
    super(message);
  }
}
