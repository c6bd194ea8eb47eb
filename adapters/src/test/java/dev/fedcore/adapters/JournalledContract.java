package dev.fedcore.adapters;

import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Permits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// An adapter contract on a journal of its own, in a data directory of its own.
public abstract class JournalledContract extends AdapterContract {

  @TempDir private @Nullable Path directory;
  private @Nullable EffectJournal journal;
  private @Nullable Adapter main;

  /// An adapter over `opened` that hands permits in at `permits`.
  protected abstract Adapter make(EffectJournal opened, Permits permits);

  protected final Path directory() {
    Path made = directory;
    if (made == null) {
      throw new AssertionError("no directory yet");
    }
    return made;
  }

  protected final EffectJournal journal() {
    EffectJournal opened = journal;
    if (opened == null) {
      opened = EffectJournal.open(directory(), clock);
      journal = opened;
    }
    return opened;
  }

  @Override
  protected final Adapter adapter() {
    Adapter made = main;
    if (made == null) {
      made = adapterWith(office);
      main = made;
    }
    return made;
  }

  @Override
  protected final Adapter adapterWith(Permits permits) {
    return make(journal(), permits);
  }

  /// Forgets all that is not on disk.
  protected final void restart() {
    journal().close();
    journal = null;
    main = null;
  }

  @AfterEach
  void closeJournal() {
    journal().close();
  }
}
