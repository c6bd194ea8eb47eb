package dev.fedcore.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every adapter promises that is not configured: the folder `outbox` holds what it would have
/// sent, and nothing pretends that it was.
public abstract class DryRunContract extends JournalledContract {

  /// What the file's name ends in.
  protected abstract String ending();

  /// Some words that must stand in the file for `parameters(1)`.
  protected abstract List<String> words();

  @Override
  protected final int effects() {
    Path folder = directory().resolve("outbox");
    if (!Files.exists(folder)) {
      return 0;
    }
    try (var files = Files.list(folder)) {
      return (int) files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected final String file(Permit permit) {
    try {
      return Files.readString(directory().resolve("outbox").resolve(permit.effectKey() + ending()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void leaves_what_it_would_have_sent_in_a_file_named_after_the_effect() {
    Permit permit = permit(run(1), 1, action(1));

    AdapterOutcome outcome = adapter().execute(permit, action(1));

    assertThat(adapter().isDryRun()).isTrue();
    assertThat(effect(outcome)).isEqualTo("outbox/" + permit.effectKey() + ending());
    assertThat(file(permit)).contains(words());
  }

  @Test
  void knows_after_a_restart_what_it_left() {
    Permit permit = permit(run(1), 1, action(1));
    AdapterOutcome outcome = adapter().execute(permit, action(1));

    restart();

    assertThat(adapter().find(permit.effectKey()))
        .isEqualTo(new Adapter.Lookup.Found(effect(outcome), output(outcome)));
  }
}
