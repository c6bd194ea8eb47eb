package dev.fedcore.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.terminal.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFilesTest {

  private static final String BUNDLE =
      """
      apiVersion: fedcore.policy/v1
      kind: PolicyBundle
      metadata: {policy_id: small, version: 1.0.0}
      applies_to: [small]
      default: {decision: deny, tier: 1, reason: no rule allows this}
      tiers:
        0: {name: harmless}
        1: {name: refused}
      rules:
        - {id: tasks, decision: allow, tier: 0, when: "action.type == 'task'", reason: "'a task'"}
      tests:
        - name: a task is allowed
          workflow: {id: small}
          step: {id: s, type: ACT}
          action: {type: task}
          expect: {decision: allow, tier: 0, rules: [tasks]}
      """;

  @TempDir Path directory = Path.of("");

  private Shell shell = new Shell(directory, Map.of(), () -> Shell.NOW, CommandTree::execute);

  @BeforeEach
  void open() {
    shell = new Shell(directory, Map.of(), () -> Shell.NOW, CommandTree::execute);
  }

  @Test
  void a_sound_bundle_is_checked_without_a_server() throws IOException {
    Files.writeString(directory.resolve("small.yaml"), BUNDLE);

    assertThat(shell.run("policy", "check", "small.yaml")).as(shell.out()).isZero();
    assertThat(shell.out()).contains("ok  small 1.0.0, 1 rules, 0 invariants, 1 tests");
  }

  @Test
  void its_tests_are_named() throws IOException {
    Files.writeString(directory.resolve("small.yaml"), BUNDLE);

    assertThat(shell.run("policy", "test", "small.yaml")).isZero();
    assertThat(shell.out()).contains("ok  a task is allowed", "1 tests passed");
  }

  @Test
  void a_failing_test_names_what_was_expected() throws IOException {
    String wrong = BUNDLE.replace("expect: {decision: allow", "expect: {decision: deny");
    Files.writeString(directory.resolve("small.yaml"), wrong);

    assertThat(shell.run("policy", "test", "small.yaml")).isEqualTo(1);
    assertThat(shell.out()).contains("FAILED").contains("a task is allowed");
  }

  @Test
  void a_condition_that_does_not_compile_is_found() throws IOException {
    Files.writeString(
        directory.resolve("small.yaml"), BUNDLE.replace("action.type ==", "acton =="));

    assertThat(shell.run("policy", "check", "small.yaml", "--json")).isEqualTo(1);
    assertThat(shell.out()).contains("\"ok\":false").contains("/rules/0");
  }
}
