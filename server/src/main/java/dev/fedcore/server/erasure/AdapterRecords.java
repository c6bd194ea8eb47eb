package dev.fedcore.server.erasure;

import dev.fedcore.adapters.ai.AiAdapter;
import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.adapters.task.TaskAdapter;
import dev.fedcore.adapters.task.TasksUnavailable;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.erasure.SideStore;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.sqlite.StoreUnavailable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/// What this process's own adapters keep of what they did: tasks, the journal of effects, and the
/// records of questions to a model, and the files of dry runs.
///
/// @param data the data directory
public record AdapterRecords(Path data, TaskAdapter tasks, EffectJournal journal)
    implements SideStore {

  @Override
  public void forget(Collection<RunId> runs) {
    told(() -> {
      List<String> keys = runs.stream().map(Permit::effectKeyPrefix).toList();
      tasks.forget(keys);
      AiAdapter.forget(data, keys);
      journal.forget(keys);
    });
  }

  @Override
  public void compact() {
    told(() -> {
      tasks.compact();
      journal.compact();
    });
  }

  private static void told(Runnable change) {
    try {
      change.run();
    } catch (TasksUnavailable | StoreUnavailable | UncheckedIOException e) {
      throw new LedgerUnavailable("erase what adapters keep", e);
    }
  }
}
