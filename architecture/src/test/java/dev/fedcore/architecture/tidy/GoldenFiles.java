package dev.fedcore.architecture.tidy;

import dev.fedcore.engine.codec.EventType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/// Whether every released event type has one example of its bytes, which is never changed.
final class GoldenFiles {

  private static final Path FOLDER = Path.of("engine/src/test/resources/golden");

  private GoldenFiles() {}

  static Set<String> eventTypes() {
    return Set.copyOf(Arrays.stream(EventType.values()).map(EventType::typeName).toList());
  }

  static Stream<Finding> missing(Repository repository, Set<String> eventTypes) {
    return eventTypes.stream()
        .sorted()
        .map(type -> FOLDER.resolve(type + ".json"))
        .filter(file -> !repository.files().contains(file))
        .map(file ->
            new Finding(
                file,
                1,
                "an event type without its golden file",
                "write down the entry as it is today; ledgers will hold it for ever"));
  }
}
