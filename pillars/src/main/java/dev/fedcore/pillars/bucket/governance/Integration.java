package dev.fedcore.pillars.bucket.governance;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.List;

/// Something that asks to be let in.
///
/// @param type how it would connect, such as `api`
/// @param classes the artifact classes it would write
/// @param schema its data schema and policies, as it describes them
public record Integration(
    String id, String type, List<String> classes, String product, JsonObject schema) {

  /// The longest name, in characters.
  public static final int NAME_LENGTH_MAX = 128;

  /// The most classes that one integration may ask for.
  public static final int CLASSES_MAX = 32;

  public Integration {
    classes = List.copyOf(classes);
  }

  /// Reads the members of a request.
  public static Integration read(JsonFields fields) {
    var integration =
        new Integration(
            fields.string("integration_id", NAME_LENGTH_MAX),
            fields.string("integration_type", NAME_LENGTH_MAX),
            fields.strings("artifact_classes"),
            fields.string("product_name", NAME_LENGTH_MAX),
            fields.object("data_schema"));
    if (integration.classes.isEmpty() || integration.classes.size() > CLASSES_MAX) {
      throw new MalformedInput(
          fields.pointer("artifact_classes"), "must name 1 to %d classes".formatted(CLASSES_MAX));
    }
    return integration;
  }
}
