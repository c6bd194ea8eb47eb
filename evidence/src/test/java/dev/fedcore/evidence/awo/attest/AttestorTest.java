package dev.fedcore.evidence.awo.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.keys.KeyAlgorithm;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.sums.Integrity;
import dev.fedcore.evidence.verify.SmallRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttestorTest {

  private static final String ID = "run_2026-01-01T00-00-00Z";

  @TempDir Path scratch = Path.of("");

  private SampleRoot sample() {
    return new SampleRoot(scratch).awoRun(ID);
  }

  @Nested
  class An_attestation {

    @Test
    void binds_reviewer_root_and_signer() throws IOException {
      var bound = (BindResult.Bound) sample().attestor(SampleRoot.KEY).bind(ID);

      assertThat(bound.folder()).isEqualTo(scratch.resolve("governance/attestations/" + ID));
      String root = Integrity.verify(scratch.resolve("runs").resolve(ID)).root();
      assertThat(bound.root()).isEqualTo(root);
      assertThat(bound.folder().resolve("ATTESTATION.json"))
          .content()
          .contains(
              "\"reviewer_identity_sha256\":\"%s\"".formatted(Sha256.hex("ben".getBytes(UTF_8))),
              "\"sha256_root\":\"%s\"".formatted(root),
              "\"key_id\":\"%s\"".formatted(SampleRoot.KEY.verifyingKey().keyId()));
      assertThat(bound.folder().resolve("ATTESTATION.txt"))
          .content()
          .startsWith("ATTESTATION\nRun-ID: %s\nSHA256-Root: %s\n".formatted(ID, root));
      assertThat(Sha256.hex(Files.readAllBytes(bound.folder().resolve(ID + ".tar"))))
          .isEqualTo(bound.archiveHash());
    }

    @Test
    void holds_these_files_and_nothing_of_a_clock() throws IOException {
      sample().bundle(ID);

      Path folder = scratch.resolve("governance/attestations/" + ID);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(file -> String.valueOf(file.getFileName())))
            .containsExactlyInAnyOrder(
                "ATTESTATION.json",
                "ATTESTATION.txt",
                "VERIFY.md",
                "checkpoint",
                ID + ".tar",
                "provenance.dsse.json",
                "provenance.sigstore.json",
                "provenance.tlog-proof",
                "approval-1.dsse.json",
                "approval-1.sigstore.json",
                "approval-1.tlog-proof",
                "verification.dsse.json",
                "verification.sigstore.json",
                "verification.tlog-proof");
      }
      assertThat(scratch.resolve("governance/attestations"))
          .isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void of_the_same_run_is_the_same_bytes_at_another_time_and_place() throws IOException {
      var here = new SampleRoot(scratch.resolve("here")).awoRun(ID);
      var there = new SampleRoot(scratch.resolve("there")).awoRun(ID);
      there.put(ID, "timestamps/finished.json", "{\"at\":\"2027-01-01T00:00:00.000000Z\"}");
      here.bundle(ID);
      there.bundle(ID);

      try (Stream<Path> files = Files.walk(here.root().resolve("governance/attestations"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path other = there.root().resolve(here.root().relativize(file));
          assertThat(other).hasSameBinaryContentAs(file);
        }
      }
    }

    @Test
    void of_a_federation_core_run_has_an_approval_for_each_gate() {
      var sample = new SampleRoot(scratch).coreRun();

      var report = SampleRoot.verify(sample.bundle(SmallRun.RUN));

      assertThat(report.findings()).isEmpty();
      assertThat(report.checks())
          .extracting(BundleReport.Check::name)
          .containsExactly(
              "layout", "integrity", "chain", "approval", "archive", "attestation", "log", "times");
      assertThat(
              scratch.resolve(
                  "governance/attestations/%s/approval-2.dsse.json".formatted(SmallRun.RUN)))
          .exists();
    }

    @ParameterizedTest
    @EnumSource
    void is_verified_whatever_the_algorithm(KeyAlgorithm algorithm) {
      var key = SigningKey.generate(algorithm);
      assertThat(sample().attestor(key).bind(ID)).isInstanceOf(BindResult.Bound.class);

      var trust = SampleRoot.trust(key, EnumSet.allOf(Trust.Role.class));
      var report = new BundleVerifier(trust, SampleRoot.NOW).verify(Bundle.ofRun(scratch, ID));

      assertThat(report.findings()).isEmpty();
      assertThat(report.verified()).isTrue();
    }

    @Test
    void of_many_runs_share_one_log_that_grows() {
      var sample = new SampleRoot(scratch);
      for (int i = 0; i < 5; i++) {
        byte[] bundle = sample.awoRun("run-" + i).bundle("run-" + i);
        assertThat(SampleRoot.verify(bundle).findings()).isEmpty();
      }
      assertThat(SampleRoot.verify(Bundle.ofRun(scratch, "run-0").archive()).findings()).isEmpty();
      assertThat(scratch.resolve("governance/log/checkpoint")).content().contains("\n15\n");
    }
  }

  @Nested
  class There_is_no_attestation_of {

    private void refused(String id, AwoCode... codes) {
      var result = new SampleRoot(scratch).attestor(SampleRoot.KEY).bind(id);

      assertThat(result).isInstanceOf(BindResult.Refused.class);
      assertThat(((BindResult.Refused) result).findings())
          .extracting(Finding::code)
          .containsOnly(codes);
      assertThat(scratch.resolve("governance/attestations")).doesNotExist();
      assertThat(scratch.resolve("governance/log")).doesNotExist();
      assertThat(scratch.resolve("runs/%s/timestamps/attested.dsse.json".formatted(ID)))
          .doesNotExist();
    }

    @Test
    void a_run_that_was_changed() {
      sample().put(ID, "report.md", "# other");
      refused(ID, AwoCode.INT_001);
    }

    @Test
    void a_run_with_a_file_more() {
      sample().put(ID, "more", "");
      refused(ID, AwoCode.INT_002);
    }

    @Test
    void a_run_that_nobody_approved() throws IOException {
      sample();
      Files.delete(scratch.resolve("runs/%s/approval.json".formatted(ID)));
      refused(ID, AwoCode.STR_001);
    }

    @Test
    void a_run_whose_approval_is_of_another_root_or_run_or_of_nobody() {
      String root = "0".repeat(64);
      sample().put(ID, "approval.json", new String(SampleRoot.approval(ID, "ben", root), UTF_8));
      refused(ID, AwoCode.ATT_002);
      String real = Integrity.verify(scratch.resolve("runs").resolve(ID)).root();
      var sample = new SampleRoot(scratch);
      sample.put(ID, "approval.json", new String(SampleRoot.approval("x", "ben", real), UTF_8));
      refused(ID, AwoCode.ATT_002);
      sample.put(ID, "approval.json", new String(SampleRoot.approval(ID, " ", real), UTF_8));
      refused(ID, AwoCode.ATT_001);
      String loose = new String(SampleRoot.approval(ID, "ben", real), UTF_8);
      sample.put(ID, "approval.json", loose + "\n");
      refused(ID, AwoCode.ATT_002);
    }

    @Test
    void a_core_run_whose_chain_is_broken() {
      var sample = new SampleRoot(scratch).coreRun();
      sample.put(SmallRun.RUN, "audit.jsonl", "{}\n");
      sample.approved(SmallRun.RUN);

      var result = (BindResult.Refused) sample.attestor(SampleRoot.KEY).bind(SmallRun.RUN);

      assertThat(result.findings()).extracting(Finding::detail).anyMatch(d -> d.contains("FC-INT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "../x", "", ".", "..", "a/b", "/etc"})
    void a_run_that_is_not_there(String id) {
      sample();
      var result = (BindResult.Refused) new SampleRoot(scratch).attestor(SampleRoot.KEY).bind(id);

      assertThat(result.findings()).isNotEmpty();
      assertThat(scratch.resolve("governance/attestations")).doesNotExist();
    }

    @Test
    void a_run_that_does_not_hold_in_some_other_way() {
      sample();
      var finding = new Finding(AwoCode.GOV_002, "", "an invariant does not hold");
      var attestor =
          new Attestor(
              scratch,
              new Attestor.Signer(SampleRoot.SIGNER, SampleRoot.KEY),
              SampleRoot.LOG,
              () -> SampleRoot.NOW,
              (_, _) -> List.of(finding));

      assertThat(attestor.bind(ID)).isEqualTo(new BindResult.Refused(List.of(finding)));
    }

    @Test
    void a_run_twice() {
      sample().bundle(ID);

      var again = (BindResult.Refused) new SampleRoot(scratch).attestor(SampleRoot.KEY).bind(ID);

      assertThat(again.findings()).extracting(Finding::code).containsExactly(AwoCode.REP_001);
      assertThatThrownBy(() -> new SampleRoot(scratch).bundle(ID))
          .isInstanceOf(AssertionError.class);
    }
  }
}
