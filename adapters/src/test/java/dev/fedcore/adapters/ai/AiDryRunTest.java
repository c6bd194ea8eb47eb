package dev.fedcore.adapters.ai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.DryRunContract;
import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AiDryRunTest extends DryRunContract {

  @Override
  protected Adapter make(EffectJournal opened, Permits permits) {
    return AiAdapter.of(
        Optional.empty(), new AiAdapter.Ground(directory(), opened, permits, clock));
  }

  @Override
  protected JsonObject parameters(int number) {
    return JsonObject.builder().put("prompt", "What is number " + number + "?").build();
  }

  @Override
  protected String ending() {
    return ".json";
  }

  @Override
  protected List<String> words() {
    return List.of("What is number 1?");
  }

  @Test
  void invents_no_answer() {
    AdapterOutcome outcome = adapter().execute(permit(run(1), 1, action(1)), action(1));

    assertThat(new String(output(outcome).canonicalBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"answer\":null,\"dry_run\":true,\"finish_reason\":\"not_asked\",\"usage\":null}");
  }
}
