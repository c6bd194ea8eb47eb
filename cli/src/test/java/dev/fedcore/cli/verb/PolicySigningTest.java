package dev.fedcore.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.server.House;
import dev.fedcore.server.Role;
import dev.fedcore.server.ServerConfig;
import dev.fedcore.server.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a new key to a bundle that a server takes, and what it does not take.
class PolicySigningTest {

  private static final String BUNDLE =
      """
      # what the tests may do
      apiVersion: fedcore.policy/v1
      kind: PolicyBundle
      metadata: {policy_id: small, version: 1.0.0}
      applies_to: [small]
      tiers:
        0: {name: harmless}
        1: {name: refused}
      rules:
        - {id: tasks, decision: allow, tier: 0, when: "action.type == 'task'", reason: "'a task'"}
      tests:
        - name: a task is allowed
          action: {type: task}
          expect: {decision: allow, tier: 0, rules: [tasks]}
      """;

  @TempDir private Path directory;

  private Shell shell = new Shell(Path.of(""), Map.of(), () -> Shell.NOW, CommandTree::execute);

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(directory, Map.of(), () -> Shell.NOW, CommandTree::execute);
    Files.writeString(directory.resolve("small.yaml"), BUNDLE);
  }

  private void key(String name) throws IOException {
    assertThat(shell.run("policy", "key", "--name", name + ".example", "--out", name)).isZero();
    Files.writeString(directory.resolve(name + ".keys"), "key " + shell.out());
  }

  private String text() throws IOException {
    return Files.readString(directory.resolve("small.yaml"));
  }

  @Nested
  class A_key {

    @Test
    void is_read_by_its_owner_alone_and_never_overwritten() throws IOException {
      key("ops");

      assertThat(shell.out()).startsWith("ops.example+");
      Path file = directory.resolve("ops");
      assertThat(Files.readString(file)).startsWith("policy ops.example\n-----BEGIN PRIVATE KEY");
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(shell.run("policy", "key", "--name", "x", "--out", "ops")).isEqualTo(66);
      assertThat(shell.err()).contains("a key is not overwritten");
      assertThat(shell.run("policy", "key", "--name", "a b", "--out", "other")).isEqualTo(64);
    }

    @Test
    void of_another_kind_signs_nothing() throws IOException {
      key("ops");
      Path file = directory.resolve("ops");
      Files.writeString(file, Files.readString(file).replace("policy ops", "witness ops"));

      assertThat(shell.run("policy", "sign", "small.yaml", "--key", "ops")).isEqualTo(78);
      assertThat(shell.err()).contains("is no policy key", "fedcore policy key");
      assertThat(text()).isEqualTo(BUNDLE);
    }
  }

  @Nested
  class Signing {

    @Test
    void adds_a_block_to_the_file_and_nothing_else() throws IOException {
      key("ops");
      shell.run("policy", "check", "small.yaml", "--json");
      String hash = shell.out();

      assertThat(shell.run("policy", "sign", "small.yaml", "--key", "ops")).isZero();
      assertThat(shell.out()).contains("ok  small 1.0.0", "  signed by  ops.example");
      assertThat(text()).startsWith(BUNDLE + "signatures:\n  - '— ops.example ");
      assertThat(hash).contains("\"signatures\":0");
      shell.run("policy", "check", "small.yaml", "--json");
      assertThat(shell.out().replace("\"signatures\":1", "\"signatures\":0")).isEqualTo(hash);
    }

    @Test
    void replaces_signatures_or_adds_to_them() throws IOException {
      key("ops");
      key("risk");
      shell.run("policy", "sign", "small.yaml", "--key", "ops");
      shell.run("policy", "sign", "small.yaml", "--key", "risk", "--add");
      shell.run("policy", "sign", "small.yaml", "--key", "risk", "--add");
      assertThat(text().lines().filter(line -> line.startsWith("  - '—"))).hasSize(2);

      shell.run("policy", "sign", "small.yaml", "--key", "risk");
      assertThat(text().lines().filter(line -> line.startsWith("  - '—"))).hasSize(1);
    }

    @Test
    void writes_json_anew() throws IOException {
      key("ops");
      Files.writeString(
          directory.resolve("small.json"),
          """
          {"apiVersion":"fedcore.policy/v1","kind":"PolicyBundle","tiers":{"0":{"name":"free"}},
           "metadata":{"policy_id":"small","version":"1"},"rules":[{"id":"r","decision":"allow",
           "tier":0,"when":"true","reason":"'x'"}]}
          """);

      assertThat(shell.run("policy", "sign", "small.json", "--key", "ops")).isZero();
      assertThat(Files.readString(directory.resolve("small.json")))
          .contains("\n  \"signatures\": [\n    \"— ops.example ");
    }

    @Test
    void leaves_alone_what_it_cannot_sign() throws IOException {
      key("ops");
      String flow =
          "{apiVersion: fedcore.policy/v1, kind: PolicyBundle, tiers: {0: {name: free}}, metadata:"
              + " {policy_id: small, version: '1'}, rules: [{id: r, decision: allow, tier: 0, when:"
              + " true, reason: \"'x'\"}]}\n";
      for (String text : List.of(flow, BUNDLE.replace("tier: 0, when", "tier: 7, when"))) {
        Files.writeString(directory.resolve("small.yaml"), text);

        assertThat(shell.run("policy", "sign", "small.yaml", "--key", "ops")).isEqualTo(1);
        assertThat(text()).isEqualTo(text);
      }
    }
  }

  @Nested
  class A_check {

    @Test
    void asks_for_a_signature_where_it_is_told_whose() throws IOException {
      key("ops");
      key("risk");
      String[] check = {"policy", "check", "small.yaml", "--policy-keys", "ops.keys"};
      assertThat(shell.run(check)).isEqualTo(1);
      assertThat(shell.out()).contains("FAILED  /signatures  is missing");

      shell.run("policy", "sign", "small.yaml", "--key", "risk");
      assertThat(shell.run(check)).isEqualTo(1);
      assertThat(shell.out()).contains("signed by risk.example and by none of the keys");
      assertThat(shell.run("policy", "check", "small.yaml")).isZero();
      assertThat(shell.out()).contains("1 signatures, not verified: give --policy-keys FILE");

      shell.run("policy", "sign", "small.yaml", "--key", "ops", "--add");
      assertThat(shell.run(check)).isZero();
      assertThat(shell.out()).contains("signed by  ops.example").doesNotContain("risk");

      Files.writeString(directory.resolve("small.yaml"), text().replace("'a task'", "'tasks'"));
      assertThat(shell.run(check)).isEqualTo(1);
      assertThat(shell.out()).contains("the signature of ops.example does not verify");
    }

    @Test
    void names_the_line_of_keys_that_are_none() throws IOException {
      Files.writeString(directory.resolve("ops.keys"), "\nkeys\n");

      assertThat(shell.run("policy", "check", "small.yaml", "--policy-keys", "ops.keys"))
          .isEqualTo(66);
      assertThat(shell.err()).contains("is no list of policy keys: line 2: must be");
    }
  }

  @Test
  void a_server_with_keys_takes_what_was_signed_and_checked_here() throws IOException {
    key("ops");
    var config =
        new ServerConfig(
            directory.resolve("data"), "127.0.0.1", 0, Optional.empty(), Optional.empty(), false);
    var surroundings =
        new Surroundings(
            Set.of(Role.FEDERATION),
            Map.of(Role.FEDERATION, 0),
            Map.of("FEDCORE_POLICY_KEYS", directory.resolve("ops.keys").toString()));
    try (var house = House.start(config, surroundings, List.of(), InstantSource.system())) {
      String url = String.valueOf(house.listening().get(Role.FEDERATION));
      String[] activate = {"policy", "activate", "small.yaml", "--url", url};
      assertThat(shell.run(activate)).isEqualTo(1);
      assertThat(shell.err()).contains("/signatures", "fedcore policy sign FILE --key KEY");

      shell.run("policy", "sign", "small.yaml", "--key", "ops");
      assertThat(shell.run("policy", "check", "small.yaml", "--policy-keys", "ops.keys")).isZero();
      assertThat(shell.run(activate)).as(shell.err()).isZero();
      assertThat(shell.out()).contains("small 1.0.0 is active", "signed by ops.example");

      Files.writeString(
          directory.resolve("small.yaml"), BUNDLE.replace("version: 1.0.0", "version: 0.9.0"));
      shell.run("policy", "sign", "small.yaml", "--key", "ops");
      assertThat(shell.run(activate)).isEqualTo(1);
      assertThat(shell.err()).contains("0.9.0 is lower than 1.0.0, which is active");
    }
  }
}
