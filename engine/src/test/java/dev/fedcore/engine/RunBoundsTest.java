package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fedcore.engine.CommandResult.Done;
import dev.fedcore.engine.CommandResult.Rejected;
import dev.fedcore.engine.Request.AskGate;
import dev.fedcore.engine.Request.ReportStep;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.Payloads;
import dev.fedcore.engine.live.RunHeader;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What one run can take of memory and time that belong to all.
class RunBoundsTest {

  private static final String OBSERVE =
      "{'id': 'step_%d', 'type': 'OBSERVE', 'observe': {'source': 'registry', 'parameters': %s}}";

  @Test
  void outputs_that_double_with_each_step_fail_it() {
    try (var rig = EngineRig.started()) {
      String first = OBSERVE.formatted(0, "{}");
      String rest =
          IntStream.rangeClosed(1, 24)
              .mapToObj(i ->
                  "{'id': 'step_%d', 'type': 'TRANSFORM', 'transform': {'collect': [%s]}}"
                      .formatted(
                          i,
                          IntStream.range(0, i)
                              .mapToObj("'step_%d'"::formatted)
                              .collect(Collectors.joining(","))))
              .collect(Collectors.joining(","));

      RunId run = run(rig, first + "," + rest, JsonObject.EMPTY);

      assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
      assertThat(rig.view(run).get("error_details").toString())
          .contains("invalid_parameter", "is too large");
    }
  }

  @Test
  void parameters_that_repeat_the_input_are_refused() {
    try (var rig = EngineRig.started()) {
      String all = "['$/input'" + ",'$/input'".repeat(5_000) + "]";

      RunId run = run(rig, OBSERVE.formatted(0, "{'all': %s}".formatted(all)), text(100_000));

      assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
      assertThat(rig.story(run)).contains("FC-STEP-004 step_0");
    }
  }

  @Test
  void outputs_that_come_to_too_much_together_fail_the_step_that_is_too_much() {
    try (var rig = EngineRig.started()) {
      String steps =
          IntStream.range(0, 20)
              .mapToObj(i -> OBSERVE.formatted(i, "{'all': '$/input'}"))
              .collect(Collectors.joining(","));

      RunId run = run(rig, steps, text(1_000_000));

      assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
      assertThat(rig.story(run))
          .contains("FC-STEP-003 step_15")
          .doesNotContain("FC-STEP-002 step_16");
    }
  }

  @Test
  void a_worker_is_refused_a_report_that_does_not_fit_and_can_go_on() {
    try (var rig = EngineRig.started()) {
      RunId run = ExternalRunTest.external(rig, "allow");
      Request tooMuch =
          new ReportStep(
              new StepId("step_1"),
              ReportStep.Kind.COMPLETED,
              JsonObject.EMPTY,
              text(Payloads.WEIGHT_MAX),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              "");

      assertThatExceptionOfType(MalformedInput.class)
          .isThrownBy(() -> rig.ask(ANN, run, tooMuch))
          .withMessageContaining("hand over less");
      assertThat(rig.ask(ANN, run, ExternalRunTest.report(1, ReportStep.Kind.COMPLETED)))
          .isInstanceOf(Done.class);
    }
  }

  @Test
  void nothing_is_written_that_could_not_be_read_back() {
    try (var rig = EngineRig.started()) {
      RunId run = ExternalRunTest.external(rig, "allow");
      List<String> before = rig.story(run);

      for (AskGate asked :
          List.of(
              gate("x".repeat(JsonLimits.DEFAULT.bytesMax()), List.of()),
              gate("x", names(JsonLimits.DEFAULT.membersMax())))) {
        assertThatExceptionOfType(MalformedInput.class).isThrownBy(() -> rig.ask(ANN, run, asked));
      }

      assertThat(rig.story(run)).isEqualTo(before);
      assertThat(rig.ask(ANN, run, gate("x", names(100)))).isInstanceOf(Done.class);
    }
  }

  @Test
  void a_run_that_is_too_long_can_only_be_ended() {
    try (var rig = EngineRig.started()) {
      RunId run = ExternalRunTest.external(rig, "allow");
      int length = rig.story(run).size();
      try (var service = new CommandService(rig.engine(), Duration.ofMillis(1), length)) {
        assertThat(ask(service, run, new Request.Pause("")))
            .isEqualTo(new Rejected(new Rejection.TooLong(length)));
        assertThat(ask(service, run, new Request.Cancel(""))).isInstanceOf(Done.class);
      }
    }
  }

  @Test
  void a_run_that_cannot_be_read_keeps_no_other_from_being_settled() throws Exception {
    try (var rig = EngineRig.started()) {
      var hold = rig.adapter().hold();
      List<RunId> runs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        runs.add(rig.start("allow", "doubt_found"));
        hold.awaitEntered();
      }
      runs.sort((a, b) -> a.toString().compareTo(b.toString()));
      rig.disk().unreadable(List.of(runs.getFirst()));

      rig.restart();

      assertThat(rig.await(runs.get(1))).isEqualTo(RunStatus.COMPLETED);
      assertThat(rig.await(runs.get(2))).isEqualTo(RunStatus.COMPLETED);
      rig.disk().unreadable(List.of());
      rig.restart();
      assertThat(rig.await(runs.getFirst())).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void runs_that_cannot_be_read_keep_no_gate_of_another_open() {
    try (var rig = EngineRig.started()) {
      List<RunId> damaged = new ArrayList<>();
      for (int i = 0; i < 201; i++) {
        damaged.add(rig.run("flag", "done"));
      }
      rig.advance(Duration.ofSeconds(1));
      RunId sound = rig.run("flag", "done");
      rig.disk().unreadable(damaged);
      rig.advance(RulePolicy.EXPIRES_IN);
      rig.restart();

      rig.service().expireGates();
      rig.service().expireGates();

      assertThat(rig.status(sound)).isEqualTo(RunStatus.FAILED);
      rig.disk().unreadable(List.of());
      rig.advance(Duration.ofMinutes(10));
      rig.service().expireGates();
      rig.service().expireGates();
      assertThat(damaged).extracting(rig::status).containsOnly(RunStatus.FAILED);
    }
  }

  @Test
  void runs_in_memory_weigh_no_more_than_they_may() {
    try (var rig = EngineRig.started()) {
      var runs = new LiveRuns(rig.engine().loader());
      List<LiveRun> heavy =
          IntStream.range(0, 40).mapToObj(i -> live(rig, i, text(1_000_000))).toList();
      heavy.forEach(runs::keep);

      assertThat(heavy).filteredOn(run -> isThere(runs, run)).hasSize(33).endsWith(heavy.getLast());
    }
  }

  private static boolean isThere(LiveRuns runs, LiveRun run) {
    return runs.inMemory(run.header().run()).isPresent();
  }

  static LiveRun live(EngineRig rig, int number, JsonObject input) {
    RunId id = RunId.parse("01900000-0000-7000-8000-%012d".formatted(number));
    var definition =
        rig.definitions().find(TenantId.DEFAULT, EngineRig.SPINE, Optional.empty()).orElseThrow();
    var header =
        new RunHeader(
            id,
            TenantId.DEFAULT,
            "ann",
            definition,
            PayloadSalt.NONE,
            Payloads.of(input, PayloadSalt.NONE),
            JsonObject.EMPTY,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            rig.now());
    return new LiveRun(header, rig.engine().subjects().sealing(TenantId.DEFAULT, StreamId.of(id)));
  }

  private static CommandResult ask(CommandService service, RunId run, Request request) {
    return service.handle(ANN, run, request, Optional.empty(), OptionalLong.empty());
  }

  private static RunId run(EngineRig rig, String steps, JsonObject input) {
    String document =
        "{'apiVersion': 'fedcore.workflow/v1', 'id': 'w', 'version': '1', 'steps': [%s]}"
            .formatted(steps)
            .replace('\'', '"');
    rig.definitions()
        .register(
            ANN,
            JsonReader.readObject(document.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
    return EngineRig.id(
        rig.service().create(ANN, EngineRig.wanted("w", input, true), Optional.empty()));
  }

  private static JsonObject text(int length) {
    return JsonObject.builder().put("text", "x".repeat(length)).build();
  }

  private static AskGate gate(String type, List<String> approvers) {
    return new AskGate(
        Optional.empty(), type, "check it", "", approvers, Duration.ofMinutes(10), 1);
  }

  private static List<String> names(int count) {
    List<String> names =
        new ArrayList<>(IntStream.range(0, count).mapToObj("p%d"::formatted).toList());
    Collections.sort(names);
    return names;
  }
}
