package dev.fedcore.cli.proof;

/// One thing that the proof asserts, and whether it held.
///
/// @param trial the trial's name, such as `happy_path`
/// @param detail what was found instead; empty if it held
public record Claim(String trial, String sentence, boolean holds, String detail) {

  /// `ok` or `FAILED`.
  String word() {
    return holds ? "ok" : "FAILED";
  }
}
