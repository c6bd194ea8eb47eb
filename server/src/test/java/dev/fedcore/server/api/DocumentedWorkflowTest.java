package dev.fedcore.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.definition.DefinitionReader;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.policy.YamlDocuments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What `docs/workflows.md` shows can be registered as it stands.
class DocumentedWorkflowTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "workflows.md");

  @Test
  void is_a_sound_definition() throws IOException {
    String yaml = Files.readString(DOCUMENT).split("```yaml\n", 2)[1].split("```", 2)[0];
    byte[] utf8 = yaml.getBytes(StandardCharsets.UTF_8);
    var document = (JsonObject) YamlDocuments.read(utf8, JsonLimits.DEFAULT);

    assertThat(DefinitionReader.read(document, false).steps()).hasSize(5);
  }
}
