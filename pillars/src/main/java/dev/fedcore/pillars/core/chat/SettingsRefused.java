package dev.fedcore.pillars.core.chat;

/// A setting that cannot be used. The message names it and says what to write instead.
public final class SettingsRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SettingsRefused(String name, String problem) {
    super(name + " " + problem);
  }
}
