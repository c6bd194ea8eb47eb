package dev.fedcore.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.kernel.run.RunEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The written form of every event type, byte for byte. Each file below `golden/` is the canonical
/// audit entry of one fixed event.
class GoldenEntriesTest {

  @ParameterizedTest
  @EnumSource(EventType.class)
  void are_written_as_they_always_were(EventType type) throws IOException {
    String written = new String(entry(type).bytes(), StandardCharsets.UTF_8);

    assertThat(written).as(teaching(type.typeName(), written)).isEqualTo(golden(type));
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void are_read_as_the_events_they_were_written_from(EventType type) throws IOException {
    AuditEntry read = AuditEntry.parse(golden(type).getBytes(StandardCharsets.UTF_8));

    assertThat(EventDecoder.decode(read)).isEqualTo(SampleEvents.of(type));
  }

  @Test
  void of_types_that_nobody_knows_are_not_guessed_at() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventType.named("run.created.v9"))
        .withMessage("unknown event type run.created.v9");
  }

  private static String teaching(String type, String written) {
    String family = type.replaceFirst("\\.v\\d+$", "");
    return """
    The written form of %1$s has changed.

    Every ledger that holds such an entry is read with this code, and its hash stands in the next
    entry, in receipts and in the signed log. So the form of a released type never changes, not
    by a member, not by a word of its message. To say something new, add a type (%2$s.v2), keep
    writing and reading this one, and give the new one a golden file of its own.

    Only while a type has not been released: put this text into golden/%1$s.json
    %3$s
    """
        .formatted(type, family, written);
  }

  private static AuditEntry entry(EventType type) {
    RunEvent event = SampleEvents.of(type);
    EventForm form = EventEncoder.encode(event, Optional.of("e".repeat(64)));
    return new AuditEntry(
        SampleEvents.RUN,
        "default",
        7,
        form.type().code(),
        form.type().typeName(),
        form.stepId().or(() -> stepOfGate(type)),
        form.previousStatus(),
        form.newStatus(),
        event.by(),
        form.decision(),
        Optional.empty(),
        form.message(),
        form.details(),
        Timestamp.of(event.at()),
        "f".repeat(64));
  }

  /// Events about gates do not know their step; whoever writes the entry adds it.
  private static Optional<String> stepOfGate(EventType type) {
    return type.code().startsWith("FC-GATE-") ? Optional.of("step_4") : Optional.empty();
  }

  private static String golden(EventType type) throws IOException {
    String file = "/golden/" + type.typeName() + ".json";
    try (InputStream stream = GoldenEntriesTest.class.getResourceAsStream(file)) {
      return stream == null
          ? "there is no file " + file
          : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
