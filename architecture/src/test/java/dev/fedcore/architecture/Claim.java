package dev.fedcore.architecture;

import com.tngtech.archunit.lang.ArchRule;

/// One rule about the shape of the house, and the proof that it bites.
///
/// @param sentence what is claimed, as a reader would say it
/// @param rule how it is checked over compiled classes
/// @param bad the source of one top-level class, or of several files divided by [#FILE], that
///   breaks the rule and compiles against the real modules
record Claim(String sentence, ArchRule rule, String bad) {

  /// Divides the files of a bad sample.
  static final String FILE = "\n---\n";

  static Claim of(String sentence, ArchRule rule, String bad) {
    return new Claim(sentence, rule.as(sentence), bad);
  }
}
