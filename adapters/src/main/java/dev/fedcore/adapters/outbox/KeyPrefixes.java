package dev.fedcore.adapters.outbox;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;

/// What the keys of some effects begin with, to be looked for in many names at once: a look into a
/// folder costs its files, not its files for each run.
public final class KeyPrefixes {

  private final NavigableSet<String> prefixes;

  /// @param prefixes none of which begins with another
  public KeyPrefixes(Collection<String> prefixes) {
    this.prefixes = new TreeSet<>(prefixes);
  }

  /// Whether `name` begins with one of them.
  public boolean begin(String name) {
    String before = prefixes.floor(name);
    return before != null && name.startsWith(before);
  }
}
