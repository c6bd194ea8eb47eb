package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The 25 tests of AWO v4.2, in their order. Each needs the one before: the first that fails ends
/// the suite, and none can be left out.
public final class Suite {

  /// What the suite says when all 25 hold, and never otherwise.
  public static final String READY = "Test-Ready State R0";

  private static final List<Layer> LAYERS =
      List.of(
          GovernanceTests.governance(),
          GovernanceTests.integrity(),
          DeterminismTests.determinism(),
          DeterminismTests.attestation(),
          PipelineTests.pipeline(),
          PipelineTests.provenance());

  private final Path folder;
  private final Attestor attestor;
  private final Defences defences;

  /// @param folder empty; the tests make their workspaces in it
  /// @param attestor with an Ed25519 key, since others sign differently each time
  public Suite(Path folder, Attestor attestor) {
    this(folder, attestor, Defences.ALL);
  }

  Suite(Path folder, Attestor attestor, Defences defences) {
    this.folder = folder;
    this.attestor = attestor;
    this.defences = defences;
  }

  /// Tests that protect the same.
  record Layer(String name, List<SuiteTest> tests) {}

  /// One test.
  ///
  /// @param id such as `G1`
  /// @param name what must happen
  /// @param code under which it is reported that it does not
  /// @param check what is wrong; empty if all is well
  record SuiteTest(String id, String name, AwoCode code, Check check) {

    /// Tries one thing out.
    @FunctionalInterface
    interface Check {
      Optional<String> problem(Scene scene);
    }
  }

  /// How one test ended.
  ///
  /// @param number as the test index has it, such as `TS-0001`
  /// @param findings empty if the test holds
  public record Result(
      String number,
      String id,
      String layer,
      String name,
      Outcome outcome,
      List<Finding> findings) {

    public Result {
      findings = List.copyOf(findings);
    }
  }

  /// How a test can end.
  public enum Outcome {
    HOLDS,
    FAILED,
    /// A test before it failed.
    NOT_REACHED
  }

  /// What came of the suite.
  ///
  /// @param results of all 25, in order
  public record Report(List<Result> results) {

    public Report {
      results = List.copyOf(results);
    }

    /// Whether all 25 hold.
    public boolean ready() {
      return results.size() == count()
          && results.stream().allMatch(result -> result.outcome() == Outcome.HOLDS);
    }
  }

  /// How many tests there are.
  public static int count() {
    return LAYERS.stream().mapToInt(layer -> layer.tests().size()).sum();
  }

  /// Runs all tests until one fails.
  ///
  /// @param watcher is told every result when it is known
  public Report run(Consumer<Result> watcher) {
    var results = new ArrayList<Result>();
    boolean failed = false;
    for (Layer layer : LAYERS) {
      for (SuiteTest test : layer.tests()) {
        String number = "TS-00" + (results.size() < 9 ? "0" : "") + (results.size() + 1);
        List<Finding> findings = failed ? List.of() : findings(test);
        Outcome outcome =
            failed ? Outcome.NOT_REACHED : (findings.isEmpty() ? Outcome.HOLDS : Outcome.FAILED);
        failed |= outcome == Outcome.FAILED;
        var result = new Result(number, test.id(), layer.name(), test.name(), outcome, findings);
        results.add(result);
        watcher.accept(result);
      }
    }
    return new Report(results);
  }

  /// What one test alone finds.
  List<Finding> findings(SuiteTest test) {
    Optional<String> problem =
        test.check().problem(new Scene(folder.resolve(test.id()), attestor, defences));
    return problem
        .map(detail -> List.of(new Finding(test.code(), test.id(), detail)))
        .orElse(List.of());
  }

  static Stream<SuiteTest> tests() {
    return LAYERS.stream().flatMap(layer -> layer.tests().stream());
  }
}
