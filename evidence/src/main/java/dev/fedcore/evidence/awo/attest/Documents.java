package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.keys.VerifyingKey;
import dev.fedcore.evidence.sums.HashedRegion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// The documents of an attestation that are not signed by themselves. Each follows from the run,
/// the signer's name and its key.
record Documents(AttestedRun run, String signer, VerifyingKey key) {

  private static final String GUIDE = guide();

  /// `ATTESTATION.json`: what is bound to what.
  byte[] json() {
    var bound = JsonObject.builder();
    bindings().forEach((name, hash) -> bound.put(name, "sha256:" + hash));
    var signature =
        JsonObject.builder()
            .put("algorithm", key.algorithm().sigstoreName())
            .put("key_id", key.keyId())
            .put("signer", signer)
            .build();
    var attestation =
        JsonObject.builder()
            .put("_type", "https://fedcore.dev/attestation/v1")
            .put("bindings", bound.build())
            .put("reviewer_identity_sha256", reviewer())
            .put("run_id", run.runId())
            .put("sha256_root", run.root())
            .put("signature", signature);
    run.approval().workflowRunUrl().ifPresent(url -> attestation.put("workflow_run_url", url));
    return attestation.build().canonicalBytes();
  }

  /// `ATTESTATION.txt`: the same for people.
  byte[] text() {
    var text = new StringBuilder("ATTESTATION\n");
    text.append("Run-ID: ").append(run.runId()).append('\n');
    text.append("SHA256-Root: ").append(run.root()).append('\n');
    text.append("Reviewer-Identity-SHA256: ").append(reviewer()).append('\n');
    run.approval()
        .workflowRunUrl()
        .ifPresent(url -> text.append("Workflow-Run: ").append(url).append('\n'));
    text.append("Signer: ").append(signer).append('\n');
    text.append("Key-ID: ").append(key.keyId()).append('\n');
    text.append("Algorithm: ").append(key.algorithm().sigstoreName()).append('\n');
    text.append("Bindings:\n");
    bindings()
        .forEach((name, hash) ->
            text.append("  ").append(name).append(" sha256:").append(hash).append('\n'));
    text.append("Statement: the files of this run are those that SHA256SUMS.txt names, and the\n");
    text.append("reviewer approved exactly these.\n");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// `VERIFY.md`: how to check all of it with other people's tools.
  byte[] verifyGuide() {
    return GUIDE.replace("RUN_ID", run.runId()).getBytes(StandardCharsets.UTF_8);
  }

  private String reviewer() {
    return Statements.identityHash(run.approval().approvedBy());
  }

  private Map<String, String> bindings() {
    var bindings = new TreeMap<String, String>();
    bindings.put(HashedRegion.SUMS, run.root());
    bindings.put(HashedRegion.APPROVAL, run.approval().hash());
    bindings.put(Layout.archive(run.runId()), run.archive().hash());
    run.files()
        .file("run_manifest.json")
        .ifPresent(bytes -> bindings.put("run_manifest.json", Sha256.hex(bytes)));
    return bindings;
  }

  private static String guide() {
    try (InputStream text = Documents.class.getResourceAsStream(Layout.GUIDE)) {
      if (text == null) {
        throw new IllegalStateException(Layout.GUIDE + " is missing beside this class");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + Layout.GUIDE, e);
    }
  }
}
