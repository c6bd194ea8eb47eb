package dev.fedcore.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.TenantEvent;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.registry.AgentRegistry.Registration;
import dev.fedcore.engine.registry.Heartbeat.Condition;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentRegistryTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("umbrella");
  private static final Principal WORKER = new Principal("worker", ACME, Set.of(Role.EXECUTOR));

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final InstantSource clock = now::get;
  private final Kept kept = new Kept();
  private final AgentRegistry registry = restarted();

  @Test
  void is_empty_until_somebody_registers() {
    assertThat(registry.discover(ACME, any(10)).agents()).isEmpty();
    assertThat(registry.all(ACME)).isEmpty();
    assertThat(new RegistryObserver(registry).look(ACME, JsonObject.EMPTY))
        .isEqualTo(json("{'agents':[],'total':0}"));
  }

  @Nested
  class A_registration {

    @Test
    void is_kept_and_audited_in_one() {
      assertThat(registry.register(WORKER, agent("a", "task.create")))
          .isEqualTo(Registration.REGISTERED);

      assertThat(kept.events)
          .containsExactly(
              new TenantEvent(
                  "FC-AGENT-001",
                  "agent.registered.v1",
                  "Agent a registered",
                  json(
                      "{'agent_id':'a','registration':{'agent_id':'a',"
                          + "'capabilities':['task.create'],'kind':'agent','metadata':{},"
                          + "'tags':[]}}")));
      assertThat(ids(restarted())).containsExactly("a");
    }

    @Test
    void said_again_is_not_written_again_but_counts_as_a_heartbeat() {
      registry.register(WORKER, agent("a", "task.create"));
      now.set(NOON.plusSeconds(80));

      assertThat(registry.register(WORKER, agent("a", "task.create"))).isEqualTo(Registration.SAME);
      assertThat(kept.events).hasSize(1);
      now.set(NOON.plusSeconds(160));
      assertThat(registry.discover(ACME, any(10)).agents()).hasSize(1);
    }

    @Test
    void that_says_something_else_replaces_the_first_and_is_audited() {
      registry.register(WORKER, agent("a", "task.create"));

      assertThat(registry.register(WORKER, agent("a", "email.send")))
          .isEqualTo(Registration.CHANGED);
      assertThat(kept.events).hasSize(2);
      assertThat(restarted().discover(ACME, capable("task.create")).agents()).isEmpty();
      assertThat(restarted().discover(ACME, capable("email.send")).agents()).hasSize(1);
    }

    @Test
    void that_cannot_be_kept_changes_nothing() {
      kept.unavailable = true;

      assertThatThrownBy(() -> registry.register(WORKER, agent("a", "task.create")))
          .isInstanceOf(LedgerUnavailable.class);
      assertThat(registry.all(ACME)).isEmpty();
    }

    @Test
    void is_seen_by_its_own_tenant_only() {
      registry.register(WORKER, agent("a", "task.create"));

      assertThat(registry.all(OTHER)).isEmpty();
      assertThat(registry.discover(OTHER, any(10)).agents()).isEmpty();
      assertThat(registry.heartbeat(OTHER, "a", Heartbeat.first())).isFalse();
    }

    @Test
    void finds_room_for_a_thousand() {
      for (int i = 0; i < AgentRegistry.AGENTS_MAX; i++) {
        registry.register(WORKER, agent("a" + i, "x"));
      }

      assertThat(registry.register(WORKER, agent("b", "x"))).isEqualTo(Registration.FULL);
      assertThat(registry.register(WORKER, agent("a0", "y"))).isEqualTo(Registration.CHANGED);
    }
  }

  @Nested
  class A_removal {

    @Test
    void is_audited_and_stays() {
      registry.register(WORKER, agent("a", "task.create"));

      assertThat(registry.remove(WORKER, "a")).isTrue();
      assertThat(kept.events).last().extracting(TenantEvent::code).isEqualTo("FC-AGENT-002");
      assertThat(registry.all(ACME)).isEmpty();
      assertThat(restarted().all(ACME)).isEmpty();
    }

    @Test
    void of_nobody_is_no_event() {
      assertThat(registry.remove(WORKER, "a")).isFalse();
      assertThat(kept.events).isEmpty();
    }

    @Test
    void can_be_followed_by_a_new_registration() {
      registry.register(WORKER, agent("a", "task.create"));
      registry.remove(WORKER, "a");

      assertThat(registry.register(WORKER, agent("a", "task.create")))
          .isEqualTo(Registration.REGISTERED);
      assertThat(ids(restarted())).containsExactly("a");
    }
  }

  @Nested
  class A_heartbeat {

    @Test
    void keeps_an_agent_there_for_ninety_seconds() {
      registry.register(WORKER, agent("a", "x"));
      now.set(NOON.plus(AgentRegistry.STALE_AFTER).minusMillis(1));
      assertThat(presence("a")).isEqualTo(Presence.ONLINE);

      now.set(NOON.plus(AgentRegistry.STALE_AFTER));
      assertThat(presence("a")).isEqualTo(Presence.STALE);
      assertThat(registry.discover(ACME, any(10)).agents()).isEmpty();

      assertThat(registry.heartbeat(ACME, "a", Heartbeat.first())).isTrue();
      assertThat(presence("a")).isEqualTo(Presence.ONLINE);
    }

    @Test
    void of_nobody_is_refused() {
      assertThat(registry.heartbeat(ACME, "a", Heartbeat.first())).isFalse();
    }

    @Test
    void is_never_written() {
      registry.register(WORKER, agent("a", "x"));
      for (int i = 0; i < 100; i++) {
        registry.heartbeat(ACME, "a", beat(Condition.DEGRADED, i, i));
      }

      assertThat(kept.events).hasSize(1);
    }

    @Test
    void is_forgotten_by_a_restart_which_knows_the_registration_only() {
      registry.register(WORKER, agent("a", "x"));
      now.set(NOON.plus(Duration.ofHours(1)));
      registry.heartbeat(ACME, "a", Heartbeat.first());

      AgentRegistry again = restarted();
      assertThat(again.all(ACME).getFirst().presence(now.get())).isEqualTo(Presence.STALE);
      again.heartbeat(ACME, "a", Heartbeat.first());
      assertThat(again.all(ACME).getFirst().presence(now.get())).isEqualTo(Presence.ONLINE);
    }

    @Test
    void shows_in_the_list_of_servers() {
      registry.register(WORKER, agent("a", "x"));
      registry.heartbeat(ACME, "a", beat(Condition.DEGRADED, 0, 0));

      assertThat(registry.all(ACME).getFirst().json(now.get()))
          .isEqualTo(
              json(
                  "{'capabilities':['x'],'id':'a',"
                      + "'last_seen':'2026-01-01T12:00:00.000000Z','status':'degraded'}"));
    }

    @Test
    void is_read_strictly() {
      assertThat(Heartbeat.read(json("{'status':'degraded','load':40,'latency_ms':7}")))
          .isEqualTo(beat(Condition.DEGRADED, 40, 7));
      assertThat(Heartbeat.read(JsonObject.EMPTY)).isEqualTo(Heartbeat.first());
      for (String wrong :
          List.of("{'load':101}", "{'load':-1}", "{'status':'dead'}", "{'mood':1}")) {
        assertThatThrownBy(() -> Heartbeat.read(json(wrong))).isInstanceOf(MalformedInput.class);
      }
    }
  }

  @Nested
  class Discovery {

    @Test
    void prefers_the_exact_capability_to_a_pattern() {
      registry.register(WORKER, agent("pattern", "task.*"));
      registry.register(WORKER, agent("exact", "task.create"));
      registry.register(WORKER, agent("other", "tasks.create", "task"));
      registry.register(WORKER, agent("anything", "*"));

      assertThat(found(capable("task.create"))).containsExactly("exact", "anything", "pattern");
    }

    @Test
    void prefers_the_healthy_the_idle_and_the_fast() {
      for (String id : List.of("busy", "degraded", "fine", "slow")) {
        registry.register(WORKER, agent(id, "x"));
      }
      registry.heartbeat(ACME, "fine", beat(Condition.ONLINE, 5, 10));
      registry.heartbeat(ACME, "slow", beat(Condition.ONLINE, 5, 900));
      registry.heartbeat(ACME, "degraded", beat(Condition.DEGRADED, 5, 10));
      registry.heartbeat(ACME, "busy", beat(Condition.ONLINE, 100, 10));

      assertThat(found(capable("x"))).containsExactly("fine", "slow", "degraded", "busy");
    }

    @Test
    void orders_equals_by_name() {
      for (String id : List.of("c", "a", "b")) {
        registry.register(WORKER, agent(id, "x"));
      }

      assertThat(found(any(10))).containsExactly("a", "b", "c");
      assertThat(found(any(2))).containsExactly("a", "b");
      assertThat(registry.discover(ACME, any(2)).total()).isEqualTo(3);
      assertThat(found(new DiscoverQuery(Optional.of("x"), Set.of("a", "z"), 10)))
          .containsExactly("b", "c");
    }

    @Test
    void says_how_well_an_agent_suits() {
      registry.register(WORKER, agent("a", "task.*"));
      registry.heartbeat(ACME, "a", beat(Condition.DEGRADED, 50, 500));
      FoundAgent found = registry.discover(ACME, capable("task.create")).agents().getFirst();

      // 80 for the pattern, of which 30 + 20 + 10 of 100 are taken off.
      assertThat(found.json(false))
          .isEqualTo(
              json(
                  "{'agent_id':'a','capabilities':['task.*'],'capability':'task.*',"
                      + "'confidence_score':0.32,'status':'degraded','tags':[]}"));
      assertThat(found.json(true).get("performance_metrics"))
          .contains(json("{'latency_ms':500,'load':50}"));
    }

    @Test
    void has_a_bounded_answer() {
      assertThatIllegalArgumentException().isThrownBy(() -> any(0));
      assertThatIllegalArgumentException().isThrownBy(() -> any(101));
    }
  }

  @Nested
  class The_observer {

    private final RegistryObserver observer = new RegistryObserver(registry);

    @Test
    void answers_the_same_whoever_is_there_at_the_moment() {
      registry.register(WORKER, agent("b", "task.create"));
      registry.register(WORKER, agent("a", "task.*"));
      registry.register(WORKER, agent("c", "email.send"));
      JsonObject question = json("{'capability':'task.create'}");
      JsonObject first = observer.look(ACME, question);

      now.set(NOON.plus(Duration.ofDays(1)));
      registry.heartbeat(ACME, "b", beat(Condition.DEGRADED, 90, 90));

      assertThat(observer.look(ACME, question)).isEqualTo(first);
      assertThat(first)
          .isEqualTo(
              json(
                  "{'agents':[{'agent_id':'a','capabilities':['task.*']},"
                      + "{'agent_id':'b','capabilities':['task.create']}],'total':2}"));
    }

    @Test
    void refuses_a_question_it_does_not_know() {
      assertThatThrownBy(() -> observer.look(ACME, json("{'colour':'red'}")))
          .isInstanceOfSatisfying(
              MalformedInput.class, e -> assertThat(e.pointer()).isEqualTo("/parameters/colour"));
    }
  }

  @Test
  void an_agent_is_read_as_it_was_said() {
    JsonObject full =
        json(
            "{'agent_id':'a','capabilities':['x','y'],'display_name':'Ä','endpoint':'http://h/',"
                + "'kind':'server','metadata':{'k':[1]},'tags':['t'],'version':'1.2'}");

    assertThat(Agent.read(full).json()).isEqualTo(full);
  }

  @ParameterizedTest(name = "{0} is refused at {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                       | /agent_id",
        "{'agent_id':''}                          | /agent_id",
        "{'agent_id':'a b'}                       | /agent_id",
        "{'agent_id':'a','capabilities':'x'}      | /capabilities",
        "{'agent_id':'a','capabilities':['x','x']} | /capabilities/1",
        "{'agent_id':'a','capabilities':['']}     | /capabilities/0",
        "{'agent_id':'a','tags':[1]}              | /tags/0",
        "{'agent_id':'a','metadata':[]}           | /metadata",
        "{'agent_id':'a','secret':'x'}            | /secret",
      })
  void an_agent_is_read_strictly(String body, String pointer) {
    JsonObject read = json(body);
    assertThatThrownBy(() -> Agent.read(read))
        .isInstanceOfSatisfying(
            MalformedInput.class, e -> assertThat(e.pointer()).isEqualTo(pointer));
  }

  @Test
  void an_agent_has_bounded_words() {
    String many = "'x%d',".repeat(65).formatted((Object[]) numbers(65));
    for (String wrong :
        List.of(
            "{'agent_id':'%s'}".formatted("a".repeat(129)),
            "{'agent_id':'a','display_name':'%s'}".formatted("a".repeat(501)),
            "{'agent_id':'a','tags':[%s]}".formatted(many.substring(0, many.length() - 1)),
            "{'agent_id':'a','metadata':{'k':'%s'}}".formatted("a".repeat(4_096)))) {
      assertThatThrownBy(() -> Agent.read(json(wrong))).isInstanceOf(MalformedInput.class);
    }
  }

  private AgentRegistry restarted() {
    return new AgentRegistry(kept::records, kept::record, clock);
  }

  private Presence presence(String id) {
    return registry.all(ACME).stream()
        .filter(known -> known.agent().id().equals(id))
        .findFirst()
        .orElseThrow()
        .presence(now.get());
  }

  private List<String> found(DiscoverQuery query) {
    return registry.discover(ACME, query).agents().stream()
        .map(f -> f.known().agent().id())
        .toList();
  }

  private static List<String> ids(AgentRegistry registry) {
    return registry.all(ACME).stream().map(known -> known.agent().id()).toList();
  }

  private static DiscoverQuery any(int maxResults) {
    return new DiscoverQuery(Optional.empty(), Set.of(), maxResults);
  }

  private static DiscoverQuery capable(String capability) {
    return new DiscoverQuery(Optional.of(capability), Set.of(), 10);
  }

  private static Heartbeat beat(Condition condition, long load, long latency) {
    return new Heartbeat(condition, OptionalLong.of(load), OptionalLong.of(latency));
  }

  private static Agent agent(String id, String... capabilities) {
    return new Agent(
        id,
        "agent",
        Optional.empty(),
        List.of(capabilities),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        JsonObject.EMPTY);
  }

  private static Integer[] numbers(int count) {
    var numbers = new Integer[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  private static JsonObject json(String text) {
    JsonValue read =
        JsonReader.read(
            text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    return (JsonObject) read;
  }

  /// Keeps records as a ledger does, by tenant and key, and survives a restart of the registry.
  private static final class Kept {

    private final List<TenantEvent> events = new ArrayList<>();
    private final Map<String, NamedRecord> records = new LinkedHashMap<>();
    private boolean unavailable;

    List<NamedRecord> records(TenantId tenant) {
      return records.values().stream().filter(r -> r.tenant().equals(tenant)).toList();
    }

    void record(Principal by, TenantEvent event, List<NamedRecord> written) {
      if (unavailable) {
        throw new LedgerUnavailable("write for " + by.actor());
      }
      events.add(event);
      written.forEach(r -> records.put(r.tenant() + "/" + r.key(), r));
    }
  }
}
