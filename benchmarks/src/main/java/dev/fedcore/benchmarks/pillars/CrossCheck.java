package dev.fedcore.benchmarks.pillars;

import dev.fedcore.benchmarks.pillars.Tables.Event;
import dev.fedcore.benchmarks.pillars.Tables.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Holds what the clients know against what the services say, and the services against each other:
/// one errand, one run, one event at Bucket, one deed at Karma, and one task if it was executed.
final class CrossCheck {

  private final Tables tables;
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> different = new ArrayList<>();
  private int executed;
  private int denied;
  private final Map<String, Integer> notExecuted = new TreeMap<>();

  private CrossCheck(Tables tables) {
    this.tables = tables;
  }

  /// What was found.
  ///
  /// @param executed errands whose action was carried out
  /// @param denied errands that policy denied
  /// @param notExecuted errands that failed otherwise, by what the run says; nothing was done
  /// @param lost what is missing somewhere
  /// @param doubled what is there twice somewhere
  /// @param different where two say different things of one errand
  record Findings(
      int executed,
      int denied,
      Map<String, Integer> notExecuted,
      List<String> lost,
      List<String> doubled,
      List<String> different) {

    boolean isClean() {
      return lost.isEmpty() && doubled.isEmpty() && different.isEmpty();
    }
  }

  static Findings of(Journal journal, Tables tables) {
    var check = new CrossCheck(tables);
    List<Errand> errands = journal.errands();
    errands.forEach(errand -> check.check(errand, journal.run(errand.traceId())));
    check.strangers(errands);
    return new Findings(
        check.executed,
        check.denied,
        check.notExecuted,
        check.lost,
        check.doubled,
        check.different);
  }

  private void check(Errand errand, Optional<String> answered) {
    String trace = errand.traceId();
    List<Run> runs = tables.runs().getOrDefault(trace, List.of());
    exactly(1, runs.size(), trace, "run");
    if (runs.size() != 1) {
      return;
    }
    Run run = runs.getFirst();
    if (!answered.equals(Optional.of(run.id()))) {
      different.add(
          "%s was answered with run %s, and is %s"
              .formatted(trace, answered.orElse("none"), run.id()));
    }
    if (!run.isOver()) {
      lost.add("%s is still %s".formatted(trace, run.status()));
    }
    told(trace, run, "event at Bucket", tables.events());
    told(trace, run, "deed at Karma", tables.deeds());
    int tasks = tables.tasks().getOrDefault(errand.title(), 0);
    exactly(run.isSuccess() && errand.makesTask() ? 1 : 0, tasks, trace, "task");
    count(errand, run);
  }

  private void count(Errand errand, Run run) {
    boolean deniedByPolicy = errand.outcome() == Errand.Outcome.DENIED;
    if (run.isSuccess()) {
      executed++;
    } else if (deniedByPolicy) {
      denied++;
    } else {
      notExecuted.merge(run.error().replaceAll("[0-9a-f-]{36}", "…"), 1, Integer::sum);
    }
    if (run.isSuccess() && deniedByPolicy) {
      different.add(errand.traceId() + " was denied and executed");
    }
  }

  private void told(String trace, Run run, String what, Map<String, List<Event>> all) {
    List<Event> events = all.getOrDefault(trace, List.of());
    exactly(1, events.size(), trace, what);
    for (Event event : events) {
      if (!event.equals(new Event(run.id(), run.isSuccess()))) {
        different.add("%s is %s, and its %s says %s".formatted(trace, run, what, event));
      }
    }
  }

  private void exactly(int expected, int found, String trace, String what) {
    if (found < expected) {
      lost.add("%s has no %s".formatted(trace, what));
    } else if (found > expected) {
      doubled.add("%s has %d of %s, not %d".formatted(trace, found, what, expected));
    }
  }

  /// Nothing happened that nobody asked for.
  private void strangers(List<Errand> errands) {
    Set<String> known = new HashSet<>();
    Set<String> titles = new HashSet<>();
    errands.forEach(errand -> {
      known.add(errand.traceId());
      titles.add(errand.title());
    });
    strangers(known, tables.runs().keySet(), "run");
    strangers(known, tables.events().keySet(), "event at Bucket");
    strangers(known, tables.deeds().keySet(), "deed at Karma");
    strangers(titles, tables.tasks().keySet(), "task");
  }

  private void strangers(Set<String> known, Set<String> found, String what) {
    found.stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> different.add("nobody asked for the %s %s".formatted(what, name)));
  }
}
