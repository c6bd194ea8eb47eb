package dev.fedcore.server.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.http.Response.Field;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.http.erasure.ErasureRequest;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.server.House;
import dev.fedcore.server.Role;
import dev.fedcore.server.ServerConfig;
import dev.fedcore.server.StartRefused;
import dev.fedcore.server.Surroundings;
import dev.fedcore.server.identity.KeyFile;
import dev.fedcore.server.identity.KeyText;
import dev.fedcore.server.identity.ServiceTokens;
import dev.fedcore.testing.Eventually;
import dev.fedcore.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services of one process find each other, also where everybody must show who they are.
class HouseTest {

  private static final String SECRET = "a secret of more than sixteen characters";
  private static final Set<Role> ROLES =
      Set.of(Role.KARMA, Role.BUCKET, Role.EXECUTOR, Role.FEDERATION);

  private static final JsonObject REQUEST =
      JsonReader.readObject(
          """
          {"trace_id": "task_123", "decision": "workflow", "data": {"workflow_type": "workflow",
           "payload": {"action_type": "task", "user_id": "user123", "title": "Review code"}}}
          """
              .getBytes(StandardCharsets.UTF_8),
          JsonLimits.DEFAULT);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path data;

  @Test
  void an_execution_reaches_bucket_and_karma_where_everybody_is_authenticated() throws Exception {
    try (var house = house(Optional.of(SECRET), Map.of())) {
      var caller = new ServiceTokens(SECRET, "bhiv_core", InstantSource.system());
      Answer answer =
          client(house, Role.EXECUTOR)
              .post("/api/workflow/execute", REQUEST, caller.headers(Optional.empty()));

      assertThat(body(answer)).contains("\"status\":\"success\"");
      Eventually.holds(PATIENCE, () -> delivered(house, 2) && delivered(house, 3));
      assertThat(body(client(house, Role.BUCKET).get("/health", List.of())))
          .contains("\"events_received\":1");
    }
  }

  @Test
  void an_execution_without_credentials_is_refused_where_everybody_is_authenticated()
      throws Exception {
    try (var house = house(Optional.of(SECRET), Map.of())) {
      Answer answer =
          client(house, Role.EXECUTOR).post("/api/workflow/execute", REQUEST, List.of());

      assertThat(((Answer.Heard) answer).status()).isEqualTo(401);
    }
  }

  @Test
  void an_admin_erases_in_every_service_where_everybody_is_authenticated() throws Exception {
    KeyText key = KeyText.draw(new SplittableRandom(1));
    var owner =
        new Principal("ida", TenantId.DEFAULT, Set.of(dev.fedcore.kernel.identity.Role.ADMIN));
    JsonObject entry =
        KeyFile.entry(key, owner, InstantSource.system().instant().plus(Duration.ofDays(1)));
    JsonObject keys = JsonObject.builder().put("keys", new JsonArray(List.of(entry))).build();
    Path file = Files.write(data.resolve(KeyFile.NAME), keys.canonicalBytes());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (var house = house(Optional.of(SECRET), Map.of())) {
      var caller = new ServiceTokens(SECRET, "bhiv_core", InstantSource.system());
      client(house, Role.EXECUTOR)
          .post("/api/workflow/execute", REQUEST, caller.headers(Optional.empty()));
      Eventually.holds(PATIENCE, () -> delivered(house, 2) && delivered(house, 3));

      JsonObject wanted = new ErasureRequest("user123", "a letter").json();
      Answer erased =
          client(house, Role.FEDERATION)
              .post("/erasures", wanted, List.of(new Field("X-Api-Key", key.text())));

      assertThat(body(erased)).contains("\"unanswered\":[]", "\"files_rewritten\":true");
      Answer refused = client(house, Role.BUCKET).post("/erasures", wanted, List.of());
      assertThat(((Answer.Heard) refused).status()).isEqualTo(401);
    }
  }

  @Test
  void a_timeout_that_is_no_number_of_seconds_is_refused_at_the_start() {
    assertThatThrownBy(() -> house(Optional.empty(), Map.of("WORKFLOW_TIMEOUT", "soon")).close())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("WORKFLOW_TIMEOUT")
        .hasMessageContaining("soon");
  }

  @Test
  void mail_that_is_configured_by_half_is_refused_at_the_start() {
    assertThatThrownBy(() -> house(Optional.empty(), Map.of("SMTP_HOST", "localhost")).close())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("SMTP_");
  }

  private House house(Optional<String> secret, Map<String, String> environment) throws IOException {
    var ports = new EnumMap<Role, Integer>(Role.class);
    Iterator<Integer> free = FreePorts.draw(ROLES.size()).iterator();
    for (Role role : ROLES) {
      ports.put(role, free.next());
    }
    int federation = ports.getOrDefault(Role.FEDERATION, 0);
    var config = new ServerConfig(data, "127.0.0.1", federation, secret, Optional.empty(), false);
    var patient = new HashMap<>(Map.of("WORKFLOW_TIMEOUT", "30"));
    patient.putAll(environment);
    return House.start(
        config, new Surroundings(ROLES, ports, patient), List.of(), InstantSource.system());
  }

  /// Whether the pillar at this place of the status has been told of everything.
  private static boolean delivered(House house, int place) {
    Answer status = client(house, Role.FEDERATION).get("/system/status", List.of());
    return JsonPointers.find(
            ((Answer.Heard) status).body().orElseThrow(),
            "/pillars/%d/outbox/undelivered".formatted(place))
        .map(count -> new String(count.canonicalBytes(), StandardCharsets.UTF_8))
        .filter("0"::equals)
        .isPresent();
  }

  private static ServiceClient client(House house, Role role) {
    URI url = Objects.requireNonNull(house.listening().get(role));
    return new ServiceClient(url, Duration.ofSeconds(30));
  }

  private static String body(Answer answer) {
    JsonObject body = ((Answer.Heard) answer).body().orElseThrow();
    return new String(body.canonicalBytes(), StandardCharsets.UTF_8);
  }
}
