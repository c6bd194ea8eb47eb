package dev.fedcore.adapters.task;

import dev.fedcore.adapters.task.TaskWriter.Answer;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.sqlite.ConstraintBroken;
import dev.fedcore.sqlite.StoreRefused;
import dev.fedcore.sqlite.StoreUnavailable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

/// Makes tasks, in a table of its own: `tasks.db` in the data directory.
///
/// A task is durable when [#execute] returns [AdapterOutcome.Done]. The same effect key makes one
/// task, however often it is asked. Keys that people give to tasks are unique within a tenant, and
/// only a task of the same tenant can be a parent. Safe for use by many threads at once; waits at
/// most half a minute.
public final class TaskAdapter implements Adapter, AutoCloseable {

  private static final TaskForm FORM = new TaskForm();

  private final TaskStore store;
  private final Permits permits;
  private final InstantSource clock;

  /// @param store closed with the adapter
  TaskAdapter(TaskStore store, Permits permits, InstantSource clock) {
    this.store = store;
    this.permits = permits;
    this.clock = clock;
  }

  /// Opens the table, and makes it when there is none.
  ///
  /// @param clock says when a task was made
  /// @throws StoreRefused if the file is in use, of a newer program, or of another kind
  /// @throws TasksUnavailable if the file cannot be opened
  public static TaskAdapter open(Path dataDirectory, Permits permits, InstantSource clock) {
    try {
      return new TaskAdapter(TaskStore.open(dataDirectory), permits, clock);
    } catch (StoreUnavailable e) {
      throw new TasksUnavailable(e);
    }
  }

  @Override
  public ActionForm form() {
    return FORM;
  }

  @Override
  public boolean isDryRun() {
    return false;
  }

  /// Makes the task. What the permit is held against is computed from the parameters that are about
  /// to be written, not from what the caller says they are.
  @Override
  public AdapterOutcome execute(Permit permit, Action action) {
    TaskParameters parameters;
    try {
      parameters = TaskParameters.read(action.parameters());
    } catch (MalformedInput e) {
      String code = FORM.missing(action.parameters()).orElse("task_parameters_invalid");
      return new AdapterOutcome.Rejected(code, e.pointer() + " " + e.problem());
    }
    permits.redeem(permit, permit.digestOf(FORM, parameters.action()));
    return keep(permit, parameters);
  }

  @Override
  public Lookup find(String effectKey) {
    try {
      return store
          .find(effectKey)
          .<Lookup>map(task -> new Lookup.Found(task.taskId(), task.parameters().output()))
          .orElseGet(Lookup.Absent::new);
    } catch (StoreUnavailable _) {
      return new Lookup.Unknowable("the task table does not answer");
    }
  }

  /// One page of a tenant's tasks, newest first.
  ///
  /// @param before where the page begins: [TaskList#next()] of the page before
  /// @param limit 1 to [TaskList#LIMIT_MAX]
  /// @throws MalformedInput if `before` was never given out; points to `/cursor`
  /// @throws TasksUnavailable if the table did not answer
  public TaskList page(TenantId tenant, Optional<String> list, Optional<String> before, int limit) {
    if (limit < 1 || limit > TaskList.LIMIT_MAX) {
      throw new IllegalArgumentException("a page has 1 to 200 tasks, got " + limit);
    }
    try {
      return store.page(tenant.value(), list, before, limit);
    } catch (StoreUnavailable e) {
      throw new TasksUnavailable(e);
    }
  }

  /// Forgets the tasks whose effect keys begin so; see [Permit#effectKeyPrefix].
  ///
  /// @throws TasksUnavailable if it is not known to be done
  public void forget(Collection<String> keyPrefixes) {
    try {
      store.forget(keyPrefixes);
    } catch (StoreUnavailable e) {
      throw new TasksUnavailable(e);
    }
  }

  /// Writes the table's file anew, so that it does not hold what was forgotten.
  ///
  /// @throws TasksUnavailable if that did not work
  public void compact() {
    try {
      store.compact();
    } catch (StoreUnavailable e) {
      throw new TasksUnavailable(e);
    }
  }

  /// Finishes what was begun and closes the table. Later executions answer [AdapterOutcome.NotNow].
  @Override
  public void close() {
    store.close();
  }

  private AdapterOutcome keep(Permit permit, TaskParameters parameters) {
    var task =
        new Task(
            Task.id(permit.run(), permit.effectKey()),
            permit.effectKey(),
            permit.tenant().value(),
            permit.run().toString(),
            permit.actor(),
            Timestamp.of(clock.instant()),
            parameters);
    try {
      return switch (store.keep(task)) {
        case Answer.There(Task kept) ->
            new AdapterOutcome.Done(kept.taskId(), kept.parameters().output());
        case Answer.Refused(String code, String message) ->
            new AdapterOutcome.Rejected(code, message);
      };
    } catch (ConstraintBroken _) {
      return nothingWritten();
    } catch (StoreUnavailable e) {
      return e.maybeDone()
          ? new AdapterOutcome.InDoubt("the task table did not confirm the commit")
          : nothingWritten();
    }
  }

  private static AdapterOutcome nothingWritten() {
    return new AdapterOutcome.NotNow(
        "task_store_unavailable", "the task table does not answer; nothing was written");
  }
}
