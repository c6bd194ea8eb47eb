package dev.fedcore.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PermitOfficeTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final byte[] KEY = filled(7);
  private static final RunId RUN = RunId.parse("01900000-0000-7000-8000-000000000001");
  private static final StepId STEP = new StepId("step_4");
  private static final Digest ACTION = new Digest("a".repeat(64));
  private static final PayloadSalt SALT = new PayloadSalt("5a".repeat(32));
  private static final PermitOffice.Bound BOUND = new PermitOffice.Bound(ACTION, SALT);
  private static final Digest OTHER_ACTION = new Digest("b".repeat(64));

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final InstantSource clock = now::get;
  private final PermitOffice office = new PermitOffice(KEY, clock);

  @Test
  void takes_a_permit_back_for_the_action_it_was_issued_for() {
    assertThatCode(() -> office.redeem(permit(1), ACTION)).doesNotThrowAnyException();
  }

  @Test
  void names_the_effect_and_the_end_on_the_permit() {
    Permit permit = permit(3);

    assertThat(permit.effectKey()).isEqualTo("fedcore-" + RUN + "-step_4-3");
    assertThat(permit.notAfter()).isEqualTo(NOON.plus(PermitOffice.VALIDITY));
    assertThat(permit.signature()).matches("[0-9a-f]{64}");
  }

  @Test
  void signs_by_hmac_sha_256_over_the_canonical_fields() {
    // Computed with Python: hmac over json.dumps(fields, sort_keys=True, separators=(",", ":")).
    assertThat(permit(1).signature())
        .isEqualTo("2926dcd520f72c0eb6255f2ad98cf666a4621ddd4ca2ec9f8b3a97e7b0d98393");
  }

  @Test
  void refuses_a_key_of_another_length() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PermitOffice(new byte[31], clock))
        .withMessage("a permit key has 32 bytes, got 31");
  }

  @Nested
  class A_forged_permit {

    @Test
    void is_refused_when_another_key_signed_it() {
      Permit foreign =
          new PermitOffice(filled(8), clock).issue(TenantId.DEFAULT, RUN, STEP, 1, BOUND, "ann");

      assertRefused(foreign, ACTION, "the permit's signature is wrong");
    }

    @Test
    void is_refused_whichever_field_was_changed() {
      Permit p = permit(1);
      var tenant = new TenantId("other");
      var run = RunId.parse("01900000-0000-7000-8000-000000000002");
      var step = new StepId("step_5");
      Instant later = p.notAfter().plusSeconds(1);
      String key = p.effectKey();
      PayloadSalt none = PayloadSalt.NONE;
      String sign = p.signature();
      List<Permit> forged =
          List.of(
              new Permit(tenant, RUN, STEP, 1, ACTION, SALT, "ann", key, p.notAfter(), sign),
              new Permit(p.tenant(), run, STEP, 1, ACTION, SALT, "ann", key, p.notAfter(), sign),
              new Permit(p.tenant(), RUN, step, 1, ACTION, SALT, "ann", key, p.notAfter(), sign),
              new Permit(p.tenant(), RUN, STEP, 2, ACTION, SALT, "ann", key, p.notAfter(), sign),
              new Permit(
                  p.tenant(), RUN, STEP, 1, OTHER_ACTION, SALT, "ann", key, p.notAfter(), sign),
              new Permit(p.tenant(), RUN, STEP, 1, ACTION, SALT, "ben", key, p.notAfter(), sign),
              new Permit(
                  p.tenant(), RUN, STEP, 1, ACTION, SALT, "ann", "other", p.notAfter(), sign),
              new Permit(p.tenant(), RUN, STEP, 1, ACTION, SALT, "ann", key, later, sign),
              new Permit(p.tenant(), RUN, STEP, 1, ACTION, none, "ann", key, p.notAfter(), sign));

      assertThat(forged)
          .allSatisfy(f -> assertRefused(f, f.action(), "the permit's signature is wrong"));
      assertThatCode(() -> office.redeem(p, ACTION)).doesNotThrowAnyException();
    }

    @Test
    void is_refused_whichever_digit_of_the_signature_was_changed() {
      Permit p = permit(1);
      for (int i = 0; i < p.signature().length(); i++) {
        var changed = new StringBuilder(p.signature());
        changed.setCharAt(i, changed.charAt(i) == '0' ? '1' : '0');
        assertRefused(signed(p, changed.toString()), ACTION, "the permit's signature is wrong");
      }
      assertRefused(signed(p, ""), ACTION, "the permit's signature is wrong");
    }

    @Test
    void uses_nothing_up_and_fills_no_memory() {
      var small = new PermitOffice(KEY, clock, 1);
      Permit genuine = small.issue(TenantId.DEFAULT, RUN, STEP, 1, BOUND, "ann");
      for (int i = 0; i < 10; i++) {
        assertRefused(small, signed(genuine, "0".repeat(64)), "the permit's signature is wrong");
      }
      assertThatCode(() -> small.redeem(genuine, ACTION)).doesNotThrowAnyException();
    }
  }

  @Nested
  class A_genuine_permit {

    @Test
    void is_refused_for_another_action_and_stays_good_for_its_own() {
      Permit permit = permit(1);

      assertRefused(
          permit,
          OTHER_ACTION,
          "the permit is for action %s, not for %s".formatted(ACTION, OTHER_ACTION));
      assertThatCode(() -> office.redeem(permit, ACTION)).doesNotThrowAnyException();
    }

    @Test
    void is_good_until_the_last_microsecond() {
      Permit permit = permit(1);

      now.set(permit.notAfter().minusNanos(1_000));

      assertThatCode(() -> office.redeem(permit, ACTION)).doesNotThrowAnyException();
    }

    @Test
    void is_void_at_the_very_instant_it_ends() {
      Permit permit = permit(1);

      now.set(permit.notAfter());

      assertRefused(permit, ACTION, "the permit was good until " + permit.notAfter());
    }

    @Test
    void stays_void_when_the_clock_runs_back() {
      Permit permit = permit(1);
      now.set(permit.notAfter());
      assertRefused(permit, ACTION, "the permit was good until " + permit.notAfter());

      now.set(NOON);

      assertRefused(permit, ACTION, "the permit was good until " + permit.notAfter());
    }

    @Test
    void is_used_once() {
      Permit permit = permit(1);
      office.redeem(permit, ACTION);

      assertRefused(permit, ACTION, "a permit for %s has been used".formatted(permit.effectKey()));
    }

    @Test
    void is_no_second_leave_for_the_same_attempt() {
      office.redeem(permit(1), ACTION);
      now.set(NOON.plusSeconds(1));
      Permit again = permit(1);

      assertRefused(again, ACTION, "a permit for %s has been used".formatted(again.effectKey()));
    }

    @Test
    void of_the_next_attempt_is_another_one() {
      office.redeem(permit(1), ACTION);

      assertThatCode(() -> office.redeem(permit(2), ACTION)).doesNotThrowAnyException();
    }

    @Test
    void is_used_once_by_any_number_of_racing_threads() throws InterruptedException {
      Permit permit = permit(1);
      Callable<Boolean> redemption =
          () -> {
            try {
              office.redeem(permit, ACTION);
              return true;
            } catch (PermitRefused _) {
              return false;
            }
          };
      List<Future<Boolean>> answers;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        answers = threads.invokeAll(Collections.nCopies(64, redemption));
      }

      assertThat(answers.stream().filter(PermitOfficeTest::isTrue)).hasSize(1);
    }
  }

  @Nested
  class The_memory_of_used_permits {

    private final PermitOffice small = new PermitOffice(KEY, clock, 2);

    @Test
    void refuses_everything_once_it_is_full() {
      small.redeem(permitOf(small, 1), ACTION);
      small.redeem(permitOf(small, 2), ACTION);

      assertRefused(
          small, permitOf(small, 3), "more permits have been used than can be remembered");
    }

    @Test
    void forgets_a_permit_only_when_it_is_void() {
      Permit first = permitOf(small, 1);
      small.redeem(first, ACTION);
      now.set(NOON.plusSeconds(30));
      small.redeem(permitOf(small, 2), ACTION);
      Permit third = permitOf(small, 3);

      now.set(first.notAfter().minusNanos(1_000));
      assertRefused(small, third, "more permits have been used than can be remembered");
      now.set(first.notAfter());

      assertThatCode(() -> small.redeem(third, ACTION)).doesNotThrowAnyException();
      assertRefused(small, first, "the permit was good until " + first.notAfter());
    }
  }

  @Test
  void ten_thousand_permits_take_no_noticeable_time() {
    var digests = new ArrayList<Permit>();
    long start = System.nanoTime();
    for (int attempt = 1; attempt <= 10_000; attempt++) {
      Permit permit = permit(attempt);
      office.redeem(permit, ACTION);
      digests.add(permit);
    }

    assertThat(digests).doesNotHaveDuplicates();
    // Ten times slower than the 1,000 a second that are needed would still pass.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  private Permit permit(int attempt) {
    return permitOf(office, attempt);
  }

  private static Permit permitOf(PermitOffice office, int attempt) {
    return office.issue(TenantId.DEFAULT, RUN, STEP, attempt, BOUND, "ann");
  }

  private static Permit signed(Permit p, String signature) {
    return p.signed(signature);
  }

  private void assertRefused(Permit permit, Digest action, String reason) {
    assertThatThrownBy(() -> office.redeem(permit, action))
        .isInstanceOf(PermitRefused.class)
        .hasMessage(reason);
  }

  private static void assertRefused(PermitOffice office, Permit permit, String reason) {
    assertThatThrownBy(() -> office.redeem(permit, ACTION))
        .isInstanceOf(PermitRefused.class)
        .hasMessage(reason);
  }

  private static boolean isTrue(Future<Boolean> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] filled(int value) {
    byte[] key = new byte[PermitOffice.KEY_BYTES];
    Arrays.fill(key, (byte) value);
    return key;
  }
}
