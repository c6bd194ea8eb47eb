package dev.fedcore.evidence.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.testing.ForAll;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CommitmentTest {

  private static final String ANN = "sealed:MdeY-vqs_R5wzvT0oDbiLilOKwXYDJiwg3bs1fL2ztw";
  private static final String A = "a".repeat(64);
  private static final JsonObject ALLOW = JsonObject.builder().put("decision", "allow").build();

  @Test
  void is_what_other_tools_make_of_domain_salt_and_value() {
    // python3: "sealed:" + b64url(sha256(b"fedcore/commit/v1\0" + bytes(range(32)) + b'"ann"'))
    assertThat(Commitment.of(counting(), "ann")).isEqualTo(ANN);
  }

  @Test
  void is_recognised_alone_and_within_a_text() {
    assertThat(Commitment.is(ANN)).isTrue();
    assertThat(Commitment.is(ANN + "x")).isFalse();
    assertThat(Commitment.is("sealed:")).isFalse();
    assertThat(Commitment.ANYWHERE.matcher("Gate APPROVED by " + ANN).find()).isTrue();
  }

  @Test
  void differs_with_the_salt_and_with_the_value() {
    ForAll.values(
        200,
        CommitmentTest::drawn,
        salt -> {
          assertThat(Commitment.of(salt, "ann"))
              .isNotEqualTo(ANN)
              .isNotEqualTo(Commitment.of(salt, "Ann"))
              .isEqualTo(Commitment.of(salt.clone(), "ann"));
        });
  }

  @Test
  void needs_a_whole_salt() {
    assertThatIllegalArgumentException().isThrownBy(() -> Commitment.of(new byte[31], "ann"));
  }

  @Test
  void documents_of_version_2_are_read_as_they_are_written() {
    var entry =
        new AuditEntry(
            "run-1",
            "t1",
            0,
            "FC-STEP-001",
            "step.started.v1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ANN,
            Optional.empty(),
            Optional.empty(),
            "m",
            ALLOW,
            "2026-01-01T09:30:00.000000Z",
            A,
            AuditEntry.SEALED);
    var content =
        new StepContent(
            "s1", "ACT", 1, "COMPLETED", Optional.of(A), Optional.empty(), ALLOW, Optional.of(A));
    var step =
        new StepReceipt(
            "run-1", 0, content, ANN, Optional.empty(), Optional.empty(), Optional.empty(), 2);
    var gate =
        new GateReceipt(
            "run-1",
            0,
            "g1",
            "s1",
            A,
            "APPROVED",
            2,
            ALLOW,
            ANN,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            2);

    assertThat(AuditEntry.parse(entry.bytes())).isEqualTo(entry);
    assertThat(Receipt.parse(step.bytes())).isEqualTo(step);
    assertThat(Receipt.parse(gate.bytes())).isEqualTo(gate);
    assertThat(new String(entry.bytes(), UTF_8))
        .startsWith("{\"_type\":\"https://fedcore.dev/entry/v2\",\"actor_id\":\"" + ANN);
    assertThat(new String(step.bytes(), UTF_8))
        .startsWith("{\"_type\":\"https://fedcore.dev/step-receipt/v2\"");
    assertThat(new String(gate.bytes(), UTF_8))
        .startsWith("{\"_type\":\"https://fedcore.dev/gate-receipt/v2\"");
  }

  @Test
  void a_version_that_nobody_writes_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new StepReceipt(
                "run-1",
                0,
                new StepContent(
                    "s1",
                    "ACT",
                    1,
                    "COMPLETED",
                    Optional.empty(),
                    Optional.empty(),
                    ALLOW,
                    Optional.empty()),
                ANN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                3))
        .withMessageContaining("a version is 1 to 2");
  }

  private static byte[] counting() {
    byte[] salt = new byte[Commitment.SALT_BYTES];
    for (int i = 0; i < salt.length; i++) {
      salt[i] = (byte) i;
    }
    return salt;
  }

  private static byte[] drawn(RandomGenerator random) {
    byte[] salt = new byte[Commitment.SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }
}
