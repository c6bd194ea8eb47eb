package dev.fedcore.engine.definition;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/// The workflow definitions that come with the program.
public final class BuiltInDefinitions {

  private static final List<String> FILES =
      List.of("pt004_execution_spine.json", "executor_action.json");

  private BuiltInDefinitions() {}

  /// All of them, freshly read.
  public static List<WorkflowDefinition> all() {
    return FILES.stream().map(BuiltInDefinitions::read).toList();
  }

  private static WorkflowDefinition read(String file) {
    try (var stream =
        Objects.requireNonNull(BuiltInDefinitions.class.getResourceAsStream(file), file)) {
      return DefinitionReader.read(
          JsonReader.readObject(stream.readAllBytes(), JsonLimits.DEFAULT), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
