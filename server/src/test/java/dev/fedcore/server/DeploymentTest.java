package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.server.api.YamlBodies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The compose file and the units name the services, ports and variables that the program has.
class DeploymentTest {

  private static final Path DEPLOY = Path.of("..", "deploy");

  /// Without these a unit is not as closed as it could be.
  private static final List<String> HARDENED =
      List.of(
          "NoNewPrivileges=yes",
          "ProtectSystem=strict",
          "ProtectHome=yes",
          "PrivateTmp=yes",
          "PrivateDevices=yes",
          "CapabilityBoundingSet=",
          "RestrictSUIDSGID=yes",
          "SystemCallFilter=@system-service",
          "StateDirectoryMode=0700",
          "User=fedcore");

  @Test
  void there_is_a_container_and_a_unit_for_each_role_and_no_other() throws IOException {
    Set<String> roles =
        Arrays.stream(Role.values()).map(Role::word).collect(Collectors.toCollection(TreeSet::new));

    assertThat(at(compose(), "/services").members().keySet()).isEqualTo(roles);
    assertThat(at(compose(), "/volumes").members().keySet()).isEqualTo(roles);
    try (var units = Files.list(DEPLOY.resolve("systemd"))) {
      assertThat(units.map(unit -> unit.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(
              roles.stream().map("fedcore-%s.service"::formatted).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void a_container_is_one_role_on_its_own_port_and_data(Role role) throws IOException {
    JsonObject service = at(compose(), "/services/" + role.word());

    assertThat(text(service, "/extends/file")).isEqualTo("common.yaml");
    assertThat(text(service, "/command/0")).isEqualTo("--only");
    assertThat(text(service, "/command/1")).isEqualTo(role.word());
    assertThat(text(service, "/ports/0")).isEqualTo("127.0.0.1:%1$d:%1$d".formatted(role.port()));
    assertThat(text(service, "/volumes/0")).isEqualTo(role.word() + ":/data");
    assertThat(text(common(), "/environment/" + role.urlVariable()))
        .isEqualTo("http://%s:%d".formatted(role.word(), role.port()));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void a_container_starts_after_the_one_before_it(Role role) throws IOException {
    JsonObject service = at(compose(), "/services/" + role.word());

    assertThat(JsonPointers.find(service, "/depends_on/0"))
        .isEqualTo(before(role).<JsonValue>map(other -> new JsonString(other.word())));
  }

  @Test
  void containers_can_do_no_more_than_they_must() throws IOException {
    assertThat(text(common(), "/cap_drop/0")).isEqualTo("ALL");
    assertThat(text(common(), "/security_opt/0")).isEqualTo("no-new-privileges:true");
    assertThat(text(common(), "/environment/SECRET_KEY")).startsWith("${SECRET_KEY:?");
    assertThat(Files.readString(DEPLOY.resolve("Dockerfile"))).contains("\nUSER fedcore\n");
  }

  @Test
  void what_the_containers_are_told_is_understood() throws IOException {
    var environment =
        at(common(), "/environment").members().entrySet().stream()
            .collect(
                Collectors.toMap(
                    variable -> variable.getKey(),
                    variable -> ((JsonString) variable.getValue()).value()));
    var surroundings = new Surroundings(Set.of(Role.FEDERATION), Map.of(), environment);

    for (Role role : Role.values()) {
      assertThat(surroundings.known(role, "127.0.0.1")).as(role.word()).isPresent();
    }
    assertThat(surroundings.timeout().toSeconds()).isEqualTo(2);
    for (String variable : List.of("WORKFLOW_EVENTS_ENABLED", "WORKFLOW_BEHAVIORAL_TRACKING")) {
      assertThat(environment).containsKey(variable);
      assertThat(surroundings.isOn(variable)).isTrue();
    }
  }

  @Test
  void what_the_containers_are_told_is_read_by_the_program_and_documented() throws IOException {
    String sources = sources();
    String documented = Files.readString(Path.of("..", "docs", "pillars.md"));

    for (String variable : at(common(), "/environment").members().keySet()) {
      assertThat(sources).contains('"' + variable + '"');
      assertThat(documented).contains('`' + variable + '`');
    }
    for (Role role : Role.values()) {
      assertThat(documented).contains("| %d |".formatted(role.port()));
    }
  }

  /// All that the program is made from.
  private static String sources() throws IOException {
    var text = new StringBuilder();
    for (String module : List.of("adapters", "pillars", "server")) {
      try (var files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }

  @Test
  void the_directory_of_data_is_documented() throws IOException {
    String documented = Files.readString(Path.of("..", "docs", "operations.md"));

    for (String file : List.of("ledger", "tasks", "effects", "bucket", "karma")) {
      assertThat(documented).contains("`%s.db`".formatted(file), "`%s.lock`".formatted(file));
      assertThat(documented).contains("data/%s.db".formatted(file));
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void a_unit_is_one_role_that_can_write_to_its_own_directory_only(Role role) throws IOException {
    Path file = DEPLOY.resolve("systemd").resolve("fedcore-%s.service".formatted(role.word()));
    List<String> unit = Files.readAllLines(file);

    assertThat(unit)
        .containsAll(HARDENED)
        .contains("StateDirectory=fedcore-" + role.word())
        .contains(
            "ExecStart=/opt/federation-core/fedcore up --only %1$s --data /var/lib/fedcore-%1$s"
                .formatted(role.word()))
        .noneMatch(line -> line.startsWith("ReadWritePaths"));
    String after =
        unit.stream().filter(line -> line.startsWith("After=")).findFirst().orElseThrow();
    before(role)
        .ifPresent(
            other -> assertThat(after).contains("fedcore-%s.service".formatted(other.word())));
  }

  private static Optional<Role> before(Role role) {
    List<Role> order = List.of(Role.values());
    int place = order.indexOf(role);
    return place == 0 ? Optional.empty() : Optional.of(order.get(place - 1));
  }

  private static JsonObject compose() throws IOException {
    return YamlBodies.parse(Files.readAllBytes(DEPLOY.resolve("compose.yaml")));
  }

  private static JsonObject common() throws IOException {
    return at(
        YamlBodies.parse(Files.readAllBytes(DEPLOY.resolve("common.yaml"))), "/services/common");
  }

  private static JsonObject at(JsonObject json, String pointer) {
    return (JsonObject) JsonPointers.find(json, pointer).orElseThrow();
  }

  private static String text(JsonObject json, String pointer) {
    return ((JsonString) JsonPointers.find(json, pointer).orElseThrow()).value();
  }
}
