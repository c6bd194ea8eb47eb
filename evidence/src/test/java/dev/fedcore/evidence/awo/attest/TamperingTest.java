package dev.fedcore.evidence.awo.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.dsse.Envelope;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.keys.KeyAlgorithm;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.sums.Snapshot;
import dev.fedcore.evidence.sums.Sums;
import dev.fedcore.evidence.tar.TarWriter;
import dev.fedcore.evidence.verify.SmallRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What somebody with a text editor, an archiver or keys of their own could do to a bundle.
class TamperingTest {

  private static final String ID = SmallRun.RUN;
  private static final String RUN = "runs/" + ID + "/";
  private static final String ATT = "governance/attestations/" + ID + "/";
  private static final String LOGS = "governance/logs/" + ID + "_";
  private static final SigningKey STRANGER = SigningKey.generate(KeyAlgorithm.ED25519);

  @TempDir Path scratch = Path.of("");

  /// A tampering, and one of the codes that must be reported.
  private record Tampering(
      String name, Consumer<NavigableMap<String, byte[]>> change, List<AwoCode> codes) {

    Tampering(String name, Consumer<NavigableMap<String, byte[]>> change, AwoCode... codes) {
      this(name, change, List.of(codes));
    }
  }

  @TestFactory
  List<DynamicTest> every_tampering_is_found_with_its_code() {
    byte[] bundle = new SampleRoot(scratch.resolve("one")).coreRun().bundle(ID);
    NavigableMap<String, byte[]> files = Bundle.read(bundle).files().files();
    var tamperings = new ArrayList<Tampering>();
    tamperings.addAll(losses(files));
    tamperings.addAll(additions());
    tamperings.addAll(exchanges());
    tamperings.addAll(forgeries());
    tamperings.addAll(downgrades());
    assertThat(tamperings).hasSizeGreaterThanOrEqualTo(60);
    return tamperings.stream()
        .map(tampering -> DynamicTest.dynamicTest(tampering.name, () -> found(tampering, files)))
        .toList();
  }

  private static void found(Tampering tampering, NavigableMap<String, byte[]> files) {
    var changed = new TreeMap<>(files);
    tampering.change.accept(changed);
    assertThat(sameFiles(changed, files)).as("it changes something").isFalse();

    var report =
        new BundleVerifier(SampleRoot.trust(), SampleRoot.NOW)
            .verify(new Bundle(Snapshot.of(changed)));

    assertThat(report.verified()).isFalse();
    assertThat(report.findings()).extracting(Finding::code).containsAnyElementsOf(tampering.codes);
  }

  private static boolean sameFiles(Map<String, byte[]> one, Map<String, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(e -> Arrays.equals(e.getValue(), other.get(e.getKey())));
  }

  /// Every file in turn is taken away, and is emptied.
  private static List<Tampering> losses(NavigableMap<String, byte[]> files) {
    var all = AwoCode.values();
    return files.keySet().stream()
        .flatMap(path ->
            List.of(
                new Tampering("without " + path, f -> f.remove(path), all),
                new Tampering("empty " + path, f -> f.put(path, new byte[0]), all),
                new Tampering(
                    "half of " + path, f -> f.computeIfPresent(path, TamperingTest::half), all))
                .stream())
        .toList();
  }

  private static byte[] half(String path, byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static List<Tampering> additions() {
    return List.of(
        adds(RUN + "more.json", AwoCode.INT_002),
        adds(RUN + "receipts/" + "0".repeat(64) + ".json", AwoCode.INT_002),
        adds(RUN + "audit/more.json", AwoCode.ATT_002),
        adds(RUN + "timestamps/more.json", AwoCode.ATT_002),
        adds(LOGS + "more.json", AwoCode.ATT_002),
        adds(ATT + "approval-3.dsse.json", AwoCode.INT_002),
        adds(ATT + "more", AwoCode.INT_002),
        adds("more", AwoCode.INT_002),
        adds("provenance/index.json", AwoCode.INT_002),
        adds("runs/run-2/report.md", AwoCode.INT_002),
        adds("governance/attestations/run-2/VERIFY.md", AwoCode.STR_001, AwoCode.INT_002),
        adds(RUN + "AUDIT.jsonl", AwoCode.INT_002),
        adds(RUN + "é", AwoCode.INT_002),
        adds(RUN + "../../outside", AwoCode.INT_002),
        adds("/etc/passwd", AwoCode.INT_002));
  }

  private static Tampering adds(String path, AwoCode... codes) {
    return new Tampering("with " + path, files -> files.put(path, "{}".getBytes(UTF_8)), codes);
  }

  private static List<Tampering> exchanges() {
    return List.of(
        swaps(ATT + "provenance.dsse.json", ATT + "verification.dsse.json", AwoCode.ATT_002),
        swaps(ATT + "approval-1.dsse.json", ATT + "approval-2.dsse.json", AwoCode.ATT_002),
        swaps(ATT + "provenance.tlog-proof", ATT + "approval-1.tlog-proof", AwoCode.ATT_002),
        swaps(ATT + "provenance.sigstore.json", ATT + "approval-1.sigstore.json", AwoCode.ATT_002),
        swaps(ATT + "ATTESTATION.json", ATT + "ATTESTATION.txt", AwoCode.ATT_002),
        swaps(ATT + "provenance.dsse.json", RUN + "timestamps/attested.dsse.json", AwoCode.ATT_002),
        swaps(RUN + "run.json", RUN + "audit.jsonl", AwoCode.INT_001),
        swaps(RUN + "approval.json", RUN + "audit/invariants.json", AwoCode.ATT_002),
        swaps(RUN + "checkpoint", ATT + "checkpoint", AwoCode.INT_001),
        new Tampering(
            "the run under another name",
            files -> rename(files, RUN, "runs/run-2/"),
            AwoCode.STR_001,
            AwoCode.INT_002),
        new Tampering(
            "run and attestation under another name",
            files -> {
              rename(files, RUN, "runs/run-2/");
              rename(files, ATT, "governance/attestations/run-2/");
            },
            AwoCode.ATT_002));
  }

  private static Tampering swaps(String one, String other, AwoCode... codes) {
    return new Tampering(
        "%s and %s exchanged".formatted(one, other),
        files -> {
          byte[] first = files.getOrDefault(one, new byte[0]);
          files.put(one, files.getOrDefault(other, new byte[0]));
          files.put(other, first);
        },
        codes);
  }

  private static void rename(Map<String, byte[]> files, String from, String to) {
    for (String path : List.copyOf(files.keySet())) {
      if (path.startsWith(from)) {
        byte[] bytes = files.getOrDefault(path, new byte[0]);
        files.remove(path);
        files.put(to + path.substring(from.length()), bytes);
      }
    }
  }

  /// By somebody who can compute every hash, and has keys, but not the attestor's.
  private List<Tampering> forgeries() {
    return List.of(
        new Tampering(
            "a changed file, its sums made again",
            TamperingTest::changedAndListed,
            AwoCode.ATT_002),
        new Tampering(
            "a changed file, sums and approval made again",
            files -> {
              changedAndListed(files);
              String root = Sha256.hex(files.getOrDefault(RUN + "SHA256SUMS.txt", new byte[0]));
              files.put(RUN + "approval.json", SampleRoot.approval(ID, "ben", root));
            },
            AwoCode.ATT_002),
        new Tampering(
            "another approver",
            files -> {
              String root = Sha256.hex(files.getOrDefault(RUN + "SHA256SUMS.txt", new byte[0]));
              files.put(RUN + "approval.json", SampleRoot.approval(ID, "eve", root));
            },
            AwoCode.ATT_002),
        new Tampering("everything attested by a stranger", this::byAStranger, AwoCode.ATT_001),
        new Tampering(
            "the provenance signed by a stranger",
            files -> resign(files, "provenance"),
            AwoCode.ATT_001),
        new Tampering(
            "an approval signed by a stranger",
            files -> resign(files, "approval-1"),
            AwoCode.ATT_001),
        new Tampering(
            "the summary signed by a stranger",
            files -> resign(files, "verification"),
            AwoCode.ATT_001),
        new Tampering(
            "a stranger's signature under the attestor's name",
            files -> pretend(files),
            AwoCode.ATT_002),
        new Tampering(
            "an archive with a file more",
            files -> {
              var members = new TreeMap<>(Snapshot.of(files).below("runs/" + ID).files());
              files.put(ATT + ID + ".tar", TarWriter.write(members));
            },
            AwoCode.INT_001));
  }

  /// By somebody who changes what signatures stand beside.
  private List<Tampering> downgrades() {
    return List.of(
        replaces("provenance.dsse.json", "vnd.in-toto+json", "vnd.in-toto", AwoCode.ATT_002),
        replaces(
            "provenance.dsse.json", "\"sig\":\"", "\"alg\":\"none\",\"sig\":\"", AwoCode.ATT_002),
        replaces(
            "provenance.dsse.json", "\"signatures\":[{", "\"signatures\":[{},{", AwoCode.ATT_002),
        replaces(
            "provenance.sigstore.json",
            "\"kind\":\"hashedrekord\"",
            "\"kind\":\"dsse\"",
            AwoCode.ATT_002),
        replaces(
            "ATTESTATION.json", "PKIX_ED25519", "PKIX_RSA_PKCS1V15_2048_SHA256", AwoCode.ATT_002),
        replaces("provenance.tlog-proof", "index 0", "index 1", AwoCode.ATT_002),
        replaces("provenance.tlog-proof", "index 0", "index 99", AwoCode.ATT_002),
        replaces("provenance.tlog-proof", "\n4\n", "\n5\n", AwoCode.ATT_002),
        replaces("checkpoint", "— ", "— x", AwoCode.ATT_002));
  }

  private static void changedAndListed(NavigableMap<String, byte[]> files) {
    files.put(RUN + "report.md", "# another".getBytes(UTF_8));
    var run = Snapshot.of(files).below("runs/" + ID);
    files.put(RUN + "SHA256SUMS.txt", Sums.of(run).bytes());
  }

  private void byAStranger(NavigableMap<String, byte[]> files) {
    var sample = new SampleRoot(scratch.resolve("stranger")).coreRun();
    sample.attestor(STRANGER).bind(ID);
    files.putAll(Bundle.ofRun(sample.root(), ID).files().files());
  }

  private static void resign(Map<String, byte[]> files, String name) {
    files.computeIfPresent(
        ATT + name + ".dsse.json",
        (_, bytes) -> Envelope.sign(Envelope.parse(bytes).payload(), STRANGER).bytes());
  }

  private static void pretend(Map<String, byte[]> files) {
    resign(files, "provenance");
    files.computeIfPresent(
        ATT + "provenance.dsse.json",
        (_, bytes) ->
            new String(bytes, UTF_8)
                .replace(STRANGER.verifyingKey().keyId(), SampleRoot.KEY.verifyingKey().keyId())
                .getBytes(UTF_8));
  }

  private static Tampering replaces(String file, String from, String to, AwoCode... codes) {
    return new Tampering(
        "%s with %s".formatted(file, to.strip()),
        files ->
            files.computeIfPresent(
                ATT + file,
                (_, bytes) -> new String(bytes, UTF_8).replace(from, to).getBytes(UTF_8)),
        codes);
  }

  @Test
  void a_bundle_from_the_future_says_that_a_clock_was_moved() {
    byte[] bundle = new SampleRoot(scratch).coreRun().bundle(ID);
    var earlier = SampleRoot.NOW.minus(Duration.ofMinutes(6));

    var report = new BundleVerifier(SampleRoot.trust(), earlier).verify(bundle);

    assertThat(report.findings())
        .singleElement()
        .returns(AwoCode.ATT_002, Finding::code)
        .extracting(Finding::detail)
        .asString()
        .contains("clock was moved");
  }

  @Test
  void an_attestor_is_believed_in_its_roles_only() {
    byte[] bundle = new SampleRoot(scratch).coreRun().bundle(ID);
    for (Trust.Role missing : Trust.Role.values()) {
      var roles = EnumSet.complementOf(EnumSet.of(missing));
      var trust = SampleRoot.trust(SampleRoot.KEY, roles);

      var report = new BundleVerifier(trust, SampleRoot.NOW).verify(bundle);

      assertThat(report.findings())
          .as(missing.text())
          .isNotEmpty()
          .allMatch(finding -> finding.code() == AwoCode.ATT_001)
          .allMatch(finding -> finding.detail().contains(missing.text()));
    }
  }

  @Test
  void a_log_that_is_not_trusted_proves_nothing() {
    byte[] bundle = new SampleRoot(scratch).coreRun().bundle(ID);
    var other = NoteSigner.generate("log.example/awo");
    var trust =
        new Trust(List.of(NoteVerifier.parse(other.verifierKey())), SampleRoot.trust().attestors());

    var report = new BundleVerifier(trust, SampleRoot.NOW).verify(bundle);

    assertThat(report.findings()).extracting(Finding::code).containsOnly(AwoCode.ATT_002);
    assertThat(report.findings()).hasSizeGreaterThan(3);
  }

  @Test
  void a_bundle_that_was_cut_off_anywhere_is_refused() {
    byte[] bundle = new SampleRoot(scratch).coreRun().bundle(ID);
    for (int length = 0; length < bundle.length; length += 509) {
      var report = SampleRoot.verify(Arrays.copyOf(bundle, length));
      assertThat(report.findings()).extracting(Finding::code).containsOnly(AwoCode.INT_002);
    }
  }
}
