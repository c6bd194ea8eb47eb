package dev.fedcore.engine;

import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.PermitOffice;
import dev.fedcore.engine.adapter.PermitRefused;
import dev.fedcore.engine.live.Catalog;
import dev.fedcore.engine.live.Driver.Dispatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/// Carries actions out, each on a thread of its own, after their start is durable. Decides nothing,
/// and tries nothing twice.
final class Dispatcher implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Catalog catalog;
  private final PermitOffice permits;

  Dispatcher(Catalog catalog, PermitOffice permits) {
    this.catalog = catalog;
    this.permits = permits;
  }

  /// Carries `dispatch` out, and tells `answer` how it went. When the process is closing the action
  /// stays undone and its step in doubt, to be settled at the next start.
  void carryOut(Dispatch dispatch, BiConsumer<Dispatch, AdapterOutcome> answer) {
    inBackground(() -> answer.accept(dispatch, outcome(dispatch)));
  }

  /// Does `work` on a thread of its own, unless the process is closing.
  void inBackground(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException _) {
      // Closing: recovery finds the step at work.
    }
  }

  private AdapterOutcome outcome(Dispatch dispatch) {
    Adapter adapter = catalog.adapter(dispatch.prepared().binding().type()).orElseThrow();
    var header = dispatch.run().header();
    Permit permit =
        permits.issue(
            header.tenant(),
            header.run(),
            dispatch.step(),
            dispatch.attempt(),
            new PermitOffice.Bound(dispatch.prepared().binding().hash(), header.salt()),
            header.actor());
    try {
      return adapter.execute(permit, dispatch.prepared().action());
    } catch (PermitRefused refused) {
      return new AdapterOutcome.Rejected("permit_refused", String.valueOf(refused.getMessage()));
    } catch (RuntimeException | Error fault) {
      // Whatever it was, it came after the adapter was asked to act, so nobody knows what happened.
      return new AdapterOutcome.InDoubt("the adapter failed: " + fault.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
