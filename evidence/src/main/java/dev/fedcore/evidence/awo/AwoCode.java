package dev.fedcore.evidence.awo;

import java.util.Arrays;
import java.util.Optional;

/// The failure codes of AWO v4.2, taxonomy 1.1. There are no others; every failure is one of these.
public enum AwoCode {
  GOV_001("GOV-001", "self-approval violation"),
  GOV_002("GOV-002", "invariant failure"),
  INT_001("INT-001", "hash mismatch"),
  INT_002("INT-002", "file-set mismatch"),
  ATT_001("ATT-001", "role mismatch"),
  ATT_002("ATT-002", "hash binding failure"),
  REP_001("REP-001", "replay detected"),
  STR_001("STR-001", "orphan run, or a part of the chain is missing");

  private final String text;
  private final String meaning;

  AwoCode(String text, String meaning) {
    this.text = text;
    this.meaning = meaning;
  }

  /// As logs and reports write it, such as `INT-001`.
  public String text() {
    return text;
  }

  /// What it means, in a few words.
  public String meaning() {
    return meaning;
  }

  /// The code that is written `text`; empty when there is none.
  public static Optional<AwoCode> parse(String text) {
    return Arrays.stream(values()).filter(code -> code.text.equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
