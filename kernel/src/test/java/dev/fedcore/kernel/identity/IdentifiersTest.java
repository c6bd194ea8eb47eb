package dev.fedcore.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that cannot hold a wrong value.
class IdentifiersTest {

  private static final String V7 = "01900000-0000-7000-8000-00000000000a";
  private static final String V4 = "7d444840-9dc0-41d1-b245-5ffdce74fad2";

  @Nested
  class A_digest {

    @Test
    void is_sixty_four_lower_case_hexadecimal_digits() {
      String hex = "0123456789abcdef".repeat(4);

      assertThat(new Digest(hex)).hasToString(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "sha256:ab"})
    void is_nothing_shorter(String text) {
      assertRefused(() -> new Digest(text));
    }

    @Test
    void is_nothing_longer_and_nothing_else() {
      assertRefused(() -> new Digest("a".repeat(65)));
      assertRefused(() -> new Digest("a".repeat(63)));
      assertRefused(() -> new Digest("A".repeat(64)));
      assertRefused(() -> new Digest("a".repeat(63) + "g"));
      assertRefused(() -> new Digest("a".repeat(63) + " "));
      assertRefused(() -> new Digest("a".repeat(63) + "٣"));
    }

    @Test
    void is_refused_just_beside_each_range_of_digits() {
      for (char c : new char[] {'/', ':', '`', 'g'}) {
        assertRefused(() -> new Digest(c + "0".repeat(63)));
      }
    }
  }

  @Nested
  class A_run_id {

    @Test
    void is_read_as_it_is_written() {
      assertThat(RunId.parse(V7)).hasToString(V7).isEqualTo(new RunId(UUID.fromString(V7)));
    }

    @Test
    void is_of_version_seven() {
      assertRefused(() -> RunId.parse(V4));
      assertRefused(() -> new RunId(UUID.fromString(V4)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "run",
          "01900000-0000-7000-8000-00000000000A",
          "1900000-0-7000-8000-a",
          "{01900000-0000-7000-8000-00000000000a}",
          "0190000000007000800000000000000a",
          " 01900000-0000-7000-8000-00000000000a"
        })
    void has_one_text_form(String text) {
      assertRefused(() -> RunId.parse(text));
    }
  }

  @Nested
  class A_gate_id {

    @Test
    void is_read_as_it_is_written() {
      assertThat(GateId.parse(V7)).hasToString(V7).isEqualTo(new GateId(UUID.fromString(V7)));
    }

    @Test
    void is_of_version_seven_in_one_text_form() {
      assertRefused(() -> GateId.parse(V4));
      assertRefused(() -> GateId.parse("01900000-0000-7000-8000-00000000000A"));
      assertRefused(() -> GateId.parse("1900000-0-7000-8000-a"));
    }
  }

  @Nested
  class A_step_id {

    @ParameterizedTest
    @ValueSource(strings = {"a", "step_2", "Fetch.invoice-7", "0", "..."})
    void is_a_plain_name(String text) {
      assertThat(new StepId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a\n", "a:b", "a@b", "a[b", "a`b", "a{b"})
    void is_nothing_else(String text) {
      assertRefused(() -> new StepId(text));
    }

    @Test
    void has_at_most_sixty_four_characters() {
      assertThat(new StepId("s".repeat(64)).value()).hasSize(64);
      assertRefused(() -> new StepId("s".repeat(65)));
    }

    @Test
    void says_what_is_wrong() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StepId("a b"))
          .withMessage("a step id has 1 to 64 letters, digits, '_', '.' or '-'");
    }
  }

  @Nested
  class A_tenant {

    @Test
    void is_a_plain_name_of_at_most_sixty_four_characters() {
      assertThat(new TenantId("acme-eu.1")).hasToString("acme-eu.1");
      assertThat(TenantId.DEFAULT).hasToString("default");
      assertRefused(() -> new TenantId(""));
      assertRefused(() -> new TenantId("../other"));
      assertRefused(() -> new TenantId("t".repeat(65)));
    }
  }

  @Nested
  class A_principal {

    @ParameterizedTest
    @ValueSource(strings = {"a", "ann@example.org", "urn:x:y/z#1", "~", "!"})
    void has_a_visible_name(String name) {
      assertThat(new Principal(name, TenantId.DEFAULT, Set.of()).actor()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\u007f", "ä", "a\n"})
    void has_no_other_name(String name) {
      assertRefused(() -> new Principal(name, TenantId.DEFAULT, Set.of()));
      assertThat(Principal.isActorName(name)).isFalse();
    }

    @Test
    void has_a_name_of_at_most_a_hundred_and_twenty_eight_characters() {
      assertThat(Principal.isActorName("a".repeat(128))).isTrue();
      assertThat(Principal.isActorName("a".repeat(129))).isFalse();
    }

    @Test
    void without_a_name_is_anonymous() {
      assertThat(new Principal("anonymous", TenantId.DEFAULT, Set.of()).isAnonymous()).isTrue();
      assertThat(new Principal("ann", TenantId.DEFAULT, Set.of()).isAnonymous()).isFalse();
    }

    @Test
    void keeps_its_roles_whatever_becomes_of_the_set_they_came_in() {
      EnumSet<Role> roles = EnumSet.of(Role.VIEWER);
      var principal = new Principal("ann", TenantId.DEFAULT, roles);
      roles.add(Role.ADMIN);

      assertThat(principal.roles()).containsExactly(Role.VIEWER);
    }

    @Test
    void of_federation_core_has_no_role_and_the_tenant_it_acts_for() {
      Principal system = Principal.system(new TenantId("acme"));

      assertThat(system.actor()).isEqualTo("fedcore");
      assertThat(system.tenant()).isEqualTo(new TenantId("acme"));
      assertThat(system.roles()).isEmpty();
    }
  }

  private static void assertRefused(Runnable making) {
    assertThatIllegalArgumentException().isThrownBy(making::run);
  }
}
