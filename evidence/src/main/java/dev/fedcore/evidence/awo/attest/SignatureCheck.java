package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.dsse.Envelope;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.keys.Trust.Attestor;
import dev.fedcore.evidence.keys.Trust.Role;
import java.util.Optional;

/// Whether an envelope is one, and signed by whom it should be.
final class SignatureCheck {

  private SignatureCheck() {}

  static Optional<Envelope> parse(byte[] bytes, String path, Findings findings) {
    try {
      return Optional.of(Envelope.parse(bytes));
    } catch (MalformedInput e) {
      findings.add(AwoCode.ATT_002, path, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// What is wrong with an envelope's signer; empty when nothing is. Its path is left open.
  static Optional<Finding> of(Envelope envelope, Attestor attestor, Role role) {
    if (!envelope.keyId().equals(attestor.key().keyId())) {
      return wrong(AwoCode.ATT_001, "its signer is not the signer of the provenance");
    }
    if (!attestor.roles().contains(role)) {
      return wrong(
          AwoCode.ATT_001,
          "%s is not trusted with the role %s".formatted(attestor.name(), role.text()));
    }
    if (!envelope.verifiedBy(attestor.key())) {
      return wrong(AwoCode.ATT_002, "the signature of " + attestor.name() + " does not verify");
    }
    return Optional.empty();
  }

  private static Optional<Finding> wrong(AwoCode code, String detail) {
    return Optional.of(new Finding(code, "", detail));
  }
}
