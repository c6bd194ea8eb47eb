package dev.fedcore.adapters.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.DryRunContract;
import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmailDryRunTest extends DryRunContract {

  @Override
  protected Adapter make(EffectJournal opened, Permits permits) {
    return EmailAdapter.of(Optional.empty(), opened, permits, clock);
  }

  @Override
  protected JsonObject parameters(int number) {
    return JsonObject.builder()
        .put("recipient", "ann%d@example.com".formatted(number))
        .put("subject", "Grüße " + number)
        .put("content", "The content is called body.")
        .build();
  }

  @Override
  protected String ending() {
    return ".eml";
  }

  @Override
  protected List<String> words() {
    return List.of("To: ann1@example.com", "The content is called body.");
  }

  @Test
  void leaves_the_whole_message() {
    Permit permit = permit(run(1), 1, action(1));

    var outcome = adapter().execute(permit, action(1));

    assertThat(file(permit))
        .isEqualTo(
            """
            Date: Thu, 1 Jan 2026 12:00:00 +0000
            From: dry-run@fedcore.invalid
            To: ann1@example.com
            Message-ID: <fedcore-01900000-0000-7000-8000-000000000001-act-1@fedcore.invalid>
            Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe_1?=
            MIME-Version: 1.0
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: 7bit
            X-Fedcore-Effect: fedcore-01900000-0000-7000-8000-000000000001-act-1

            The content is called body.\
            """
                .replace("\n", "\r\n"));
    assertThat(new String(output(outcome).canonicalBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"dry_run":true,"recipient":"ann1@example.com","status":"NOT_SENT",\
            "subject":"Grüße 1"}\
            """);
  }

  @Test
  void leaves_a_message_with_html_as_the_same_bytes_under_the_same_key() {
    var action =
        adapter()
            .normalise(
                JsonObject.builder()
                    .put(
                        "recipient",
                        JsonArray.ofStrings(List.of("ann@example.com", "b@example.com")))
                    .put("subject", "Hi")
                    .put("body", "plain")
                    .put("html", "<p>pretty</p>")
                    .build());
    Permit permit = permit(run(1), 1, action);

    adapter().execute(permit, action);

    assertThat(file(permit))
        .isEqualTo(
            """
            Date: Thu, 1 Jan 2026 12:00:00 +0000
            From: dry-run@fedcore.invalid
            To: ann@example.com, b@example.com
            Message-ID: <fedcore-01900000-0000-7000-8000-000000000001-act-1@fedcore.invalid>
            Subject: Hi
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_BOUNDARY"
            X-Fedcore-Effect: fedcore-01900000-0000-7000-8000-000000000001-act-1

            --=_BOUNDARY
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: 7bit

            plain
            --=_BOUNDARY
            Content-Type: text/html; charset=UTF-8
            Content-Transfer-Encoding: 7bit

            <p>pretty</p>
            --=_BOUNDARY--
            """
                .replace("BOUNDARY", boundary(permit))
                .replace("\n", "\r\n"));
  }

  private static String boundary(Permit permit) {
    return Sha256.hex(permit.effectKey().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }
}
