package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.dsse.Envelope;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.keys.Trust.Attestor;
import dev.fedcore.evidence.keys.Trust.Role;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.evidence.sums.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks the statement about clock times and all else that the sums do not cover.
final class TimesCheck {

  /// How far the attestor's clock may be ahead of the verifier's.
  private static final Duration SKEW_MAX = Duration.ofMinutes(5);

  private final AttestedRun run;
  private final Snapshot bundle;
  private final Trust trust;
  private final Instant now;
  private final Findings findings = new Findings();
  private String evidence = "no statement of times";

  TimesCheck(AttestedRun run, Snapshot bundle, Trust trust, Instant now) {
    this.run = run;
    this.bundle = bundle;
    this.trust = trust;
    this.now = now;
  }

  List<Finding> findings() {
    return findings.all();
  }

  String evidence() {
    return evidence;
  }

  void check() {
    String path = Layout.times(run.runId());
    Optional<byte[]> file = bundle.file(path);
    if (file.isEmpty()) {
      findings.add(AwoCode.STR_001, path, "it is not there");
      return;
    }
    Optional<Envelope> envelope = SignatureCheck.parse(file.get(), path, findings);
    if (envelope.isEmpty()) {
      return;
    }
    Optional<Attestor> attestor = trust.attestor(envelope.get().keyId());
    if (attestor.isEmpty()) {
      findings.add(AwoCode.ATT_001, path, "its signer's key is not trusted");
      return;
    }
    Optional<Finding> wrong = SignatureCheck.of(envelope.get(), attestor.get(), Role.TIMES);
    if (wrong.isPresent()) {
      findings.add(wrong.get().code(), path, wrong.get().detail());
      return;
    }
    statement(path, envelope.get().payload(), attestor.get());
  }

  private void statement(String path, byte[] payload, Attestor attestor) {
    Optional<String> boundAt = boundAt(payload);
    if (boundAt.isEmpty()) {
      findings.add(AwoCode.ATT_002, path, "it does not say when the run was attested");
      return;
    }
    Snapshot logs = bundle.below(Layout.LOGS);
    Map<String, String> outside = Outside.of(run.runId(), run.files(), logs);
    evidence =
        "attested at %s, with %d files beside the sums".formatted(boundAt.get(), outside.size());
    byte[] expected = new Statements(run, attestor.name()).times(outside, boundAt.get());
    findings.require(
        Arrays.equals(payload, expected),
        AwoCode.ATT_002,
        path,
        "files in audit, timestamps or governance/logs are not those that were attested");
    findings.require(
        !Instant.parse(boundAt.get()).isAfter(now.plus(SKEW_MAX)),
        AwoCode.ATT_002,
        path,
        "it was attested at %s, which is yet to come: a clock was moved".formatted(boundAt.get()));
  }

  private static Optional<String> boundAt(byte[] payload) {
    try {
      var predicate =
          JsonFields.of(JsonReader.readObject(payload, JsonLimits.DEFAULT), "").object("predicate");
      return Approval.text(predicate, "boundAt").filter(Timestamp::isTimestamp);
    } catch (MalformedInput e) {
      return Optional.empty();
    }
  }
}
