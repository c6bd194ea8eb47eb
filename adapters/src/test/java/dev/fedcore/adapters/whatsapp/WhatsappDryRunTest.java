package dev.fedcore.adapters.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.DryRunContract;
import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhatsappDryRunTest extends DryRunContract {

  @Override
  protected Adapter make(EffectJournal opened, Permits permits) {
    return WhatsappAdapter.of(Optional.empty(), opened, permits, clock);
  }

  @Override
  protected JsonObject parameters(int number) {
    return JsonObject.builder()
        .put("recipient", "+1555123%04d".formatted(number))
        .put("message", "Your lesson is ready")
        .build();
  }

  @Override
  protected String ending() {
    return ".json";
  }

  @Override
  protected List<String> words() {
    return List.of("15551230001", "Your lesson is ready");
  }

  @Test
  void leaves_the_whole_request() {
    Permit permit = permit(run(1), 1, action(1));

    adapter().execute(permit, action(1));

    assertThat(file(permit))
        .isEqualTo(
            """
            {"biz_opaque_callback_data":"fedcore-01900000-0000-7000-8000-000000000001-act-1",\
            "messaging_product":"whatsapp","recipient_type":"individual",\
            "text":{"body":"Your lesson is ready","preview_url":false},\
            "to":"15551230001","type":"text"}\
            """);
  }
}
