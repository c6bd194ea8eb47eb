package dev.fedcore.pillars.bucket.governance;

/// The ten rules that no request changes.
public enum GovernanceRule {
  RULE_01("write-only: nothing is updated, only created"),
  RULE_02("the audit trail is append-only"),
  RULE_03("the schema is immutable"),
  RULE_04("provenance is locked"),
  RULE_05("products are isolated from each other"),
  RULE_06("violations halt the operation"),
  RULE_07("proof is cryptographic"),
  RULE_08("the executor has no authority beyond execution"),
  RULE_09("AI actors write and never read or govern"),
  RULE_10("there are no exceptions");

  private final String says;

  GovernanceRule(String says) {
    this.says = says;
  }

  /// The rule in words.
  public String says() {
    return says;
  }
}
