package dev.fedcore.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.testing.ForAll;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Whatever a run did, it is verified; and whatever is left out of it, doubled, exchanged or taken
/// from another run, is found.
class RunVerifierPropertyTest {

  private static final int SEEDS = 150;

  private enum Act {
    STEP_ONE,
    STEP_TWO,
    GATED_STEP,
    RETRY,
    END
  }

  @Test
  void whatever_a_run_did_it_is_verified() {
    runs(run -> assertThat(findings(run.evidence())).isEmpty());
  }

  @Test
  void an_entry_that_is_left_out_is_found_unless_it_is_the_last() {
    runs(run -> {
      for (int i = 0; i < run.entries.size() - 1; i++) {
        var entries = new ArrayList<>(run.evidence().entries());
        entries.remove(i);
        assertThat(findings(with(run, entries, run.evidence().receipts())))
            .as("without entry %d", i)
            .extracting(Finding::code)
            .contains(Finding.MISSING);
      }
    });
  }

  @Test
  void an_entry_that_is_doubled_or_exchanged_is_found() {
    runs(run -> {
      for (int i = 0; i < run.entries.size(); i++) {
        var doubled = new ArrayList<>(run.evidence().entries());
        doubled.add(i, doubled.get(i));
        assertThat(findings(with(run, doubled, run.evidence().receipts())))
            .extracting(Finding::code)
            .contains(Finding.EXTRA);
        var exchanged = new ArrayList<>(run.evidence().entries());
        Collections.swap(exchanged, i, 0);
        assertThat(findings(with(run, exchanged, run.evidence().receipts())).isEmpty())
            .isEqualTo(i == 0);
      }
    });
  }

  @Test
  void a_receipt_that_is_left_out_is_found_wherever_it_stood() {
    runs(run -> {
      for (int i = 0; i < run.receipts.size(); i++) {
        var receipts = new ArrayList<>(run.evidence().receipts());
        receipts.remove(i);
        assertThat(findings(with(run, run.evidence().entries(), receipts)))
            .extracting(Finding::code)
            .contains(Finding.MISSING);
      }
    });
  }

  @Test
  void receipts_may_come_in_any_order() {
    runs(run -> {
      var receipts = new ArrayList<>(run.evidence().receipts());
      Collections.reverse(receipts);
      assertThat(findings(with(run, run.evidence().entries(), receipts))).isEmpty();
    });
  }

  @Test
  void a_receipt_of_another_run_does_not_fit_in() {
    var other = SmallRun.retried().evidence().receipts();
    runs(run -> {
      for (Exhibit foreign : other) {
        if (run.receipts.stream().anyMatch(own -> own.hash().equals(foreign.hash()))) {
          continue;
        }
        var receipts = new ArrayList<>(run.evidence().receipts());
        receipts.add(foreign);
        assertThat(findings(with(run, run.evidence().entries(), receipts))).isNotEmpty();
      }
    });
  }

  private static void runs(Consumer<SmallRun> property) {
    ForAll.listsOf(random -> ForAll.oneOf(random, Act.values()), 12)
        .seeds(SEEDS, acts -> property.accept(run(acts)));
  }

  private static SmallRun run(List<Act> acts) {
    var run = new SmallRun();
    run.created();
    run.status("PENDING", "RUNNING");
    int attempt = 0;
    for (Act act : acts) {
      attempt++;
      switch (act) {
        case STEP_ONE -> step(run, "s1", Optional.empty(), attempt);
        case STEP_TWO -> step(run, "s2", Optional.empty(), attempt);
        case GATED_STEP -> {
          run.gate("s2");
          step(run, "s2", Optional.of(run.receipts.getLast().hash()), attempt);
        }
        case RETRY -> run.retry("s1");
        case END -> run.ended("FAILED");
      }
    }
    return run;
  }

  private static void step(SmallRun run, String step, Optional<String> gate, int attempt) {
    run.step(step, "ACT", gate, attempt);
  }

  private static RunEvidence with(SmallRun run, List<Exhibit> entries, List<Exhibit> receipts) {
    return new RunEvidence(run.evidence().runId(), entries, receipts);
  }

  private static List<Finding> findings(RunEvidence run) {
    return RunVerifier.verify(new RunEvidence(run.runId(), run.entries(), run.receipts()))
        .findings();
  }
}
