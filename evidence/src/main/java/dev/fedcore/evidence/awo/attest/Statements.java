package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.dsse.Statement;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.sums.HashedRegion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The statements about one run, as in-toto writes them. Each follows from the run's files and the
/// signer's name alone; no clock.
///
/// @param signer the attestor's name, which is also the builder's and the verifier's id
record Statements(AttestedRun run, String signer) {

  private static final String PROVENANCE = "https://slsa.dev/provenance/v1";
  private static final String APPROVAL = "https://fedcore.dev/attestation/approval/v1";
  private static final String VERIFICATION = "https://slsa.dev/verification_summary/v1";
  private static final String TIMES = "https://fedcore.dev/attestation/times/v1";
  private static final String BUILD = "https://fedcore.dev/workflow-run/v1";
  private static final String POLICY = "https://fedcore.dev/policy/evidence-bundle/v1";

  /// How the run was made: SLSA provenance, version 1.
  byte[] provenance() {
    var definition =
        JsonObject.builder()
            .put("buildType", BUILD)
            .put("externalParameters", run.parameters())
            .put("resolvedDependencies", resources(run.dependencies()))
            .build();
    var metadata = JsonObject.builder().put("invocationId", run.runId()).build();
    var details =
        JsonObject.builder().put("builder", named("id", signer)).put("metadata", metadata).build();
    var predicate =
        JsonObject.builder().put("buildDefinition", definition).put("runDetails", details).build();
    return statement(hashedFiles(), PROVENANCE, predicate);
  }

  /// Name of the document to statement: the approval of the run, then of each gate in it.
  Map<String, byte[]> approvals() {
    var approvals = new LinkedHashMap<String, byte[]>();
    approvals.put(Layout.APPROVAL + 1, runApproval());
    for (AttestedRun.Gate gate : run.gates()) {
      approvals.put(Layout.APPROVAL + (approvals.size() + 1), gateApproval(gate));
    }
    return approvals;
  }

  private byte[] runApproval() {
    var predicate =
        JsonObject.builder()
            .put("attestedBy", signer)
            .put("decision", "APPROVED")
            .put("gateId", "gate2")
            .put("reviewer", identity(run.approval().approvedBy()))
            .put("runId", run.runId())
            .put("scope", JsonArray.of(Statement.resource(HashedRegion.SUMS, run.root())));
    run.approval().orchestrator().ifPresent(by -> predicate.put("requestedBy", identity(by)));
    var subjects = new TreeMap<>(Map.of(HashedRegion.APPROVAL, run.approval().hash()));
    subjects.put(HashedRegion.SUMS, run.root());
    return statement(subjects, APPROVAL, predicate.build());
  }

  private byte[] gateApproval(AttestedRun.Gate gate) {
    var receipt = gate.receipt();
    var voters =
        receipt.votes().stream()
            .flatMap(vote -> Approval.text(vote, "actor_id").stream())
            .<JsonValue>map(Statements::identity)
            .toList();
    var predicate =
        JsonObject.builder()
            .put("attestedBy", signer)
            .put("decision", receipt.status())
            .put("gateId", receipt.gateId())
            .put("requestedBy", identity(receipt.requestedBy()))
            .put("reviewers", new JsonArray(voters))
            .put("runId", run.runId())
            .put("scope", JsonArray.of(Statement.resource("action", receipt.actionHash())))
            .build();
    var subjects = new TreeMap<>(Map.of("receipts/%s.json".formatted(gate.hash()), gate.hash()));
    return statement(subjects, APPROVAL, predicate);
  }

  /// That everything was verified: a SLSA verification summary, version 1.
  ///
  /// @param attestation `ATTESTATION.json`
  /// @param inputs name to bytes of the envelopes so far; all of them
  byte[] verification(byte[] attestation, Map<String, byte[]> inputs) {
    var digests = new TreeMap<String, String>();
    inputs.forEach((name, bytes) -> digests.put(name, Sha256.hex(bytes)));
    var attestations =
        digests.entrySet().stream()
            .<JsonValue>map(input ->
                JsonObject.builder()
                    .put("digest", Statement.digest(input.getValue()))
                    .put("uri", input.getKey())
                    .build())
            .toList();
    var predicate =
        JsonObject.builder()
            .put("inputAttestations", new JsonArray(attestations))
            .put("policy", named("uri", POLICY))
            .put("resourceUri", Layout.run(run.runId()))
            .put("verificationResult", "PASSED")
            .put(
                "verifiedLevels",
                JsonArray.of(
                    new JsonString("FEDCORE_INTEGRITY_VERIFIED"),
                    new JsonString("FEDCORE_APPROVED")))
            .put("verifier", named("id", signer))
            .build();
    var subjects = hashedFiles();
    subjects.put(HashedRegion.APPROVAL, run.approval().hash());
    subjects.put(Layout.JSON, Sha256.hex(attestation));
    return statement(subjects, VERIFICATION, predicate);
  }

  /// When the run was attested, and what lies beside its hashed files.
  ///
  /// @param outside path from the root to SHA-256
  /// @param boundAt in the form of `Timestamp`
  byte[] times(Map<String, String> outside, String boundAt) {
    var predicate =
        JsonObject.builder()
            .put("boundAt", boundAt)
            .put("runId", run.runId())
            .put("sha256Root", run.root())
            .build();
    var subjects = new TreeMap<>(outside);
    subjects.put(Layout.run(run.runId()) + "/" + HashedRegion.SUMS, run.root());
    return statement(subjects, TIMES, predicate);
  }

  /// The SHA-256 of a person's name, in hexadecimal. It hides nothing that can be guessed.
  static String identityHash(String name) {
    return Sha256.hex(name.getBytes(StandardCharsets.UTF_8));
  }

  private TreeMap<String, String> hashedFiles() {
    var subjects = new TreeMap<String, String>();
    subjects.put(HashedRegion.SUMS, run.root());
    subjects.put(Layout.archive(run.runId()), run.archive().hash());
    return subjects;
  }

  private static byte[] statement(
      TreeMap<String, String> subjects, String type, JsonObject predicate) {
    return new Statement(subjects, type, predicate).bytes();
  }

  private static JsonObject identity(String name) {
    return named("identitySha256", identityHash(name));
  }

  private static JsonObject named(String name, String value) {
    return JsonObject.builder().put(name, value).build();
  }

  private static JsonArray resources(Map<String, String> digests) {
    List<JsonValue> items =
        new TreeMap<>(digests)
            .entrySet().stream()
                .<JsonValue>map(one -> Statement.resource(one.getKey(), one.getValue()))
                .toList();
    return new JsonArray(items);
  }
}
