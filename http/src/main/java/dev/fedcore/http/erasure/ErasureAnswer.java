package dev.fedcore.http.erasure;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;

/// What a service has erased: how the answer to `POST /erasures` begins.
///
/// @param values names, words and payloads that went now; 0 if there were none
/// @param areFilesRewritten whether the files were written anew, so that they do not hold it either
public record ErasureAnswer(long values, boolean areFilesRewritten) {

  private static final String VALUES = "values_erased";
  private static final String REWRITTEN = "files_rewritten";

  /// Reads an answer, of which there may be more.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput if it is none
  public static ErasureAnswer read(JsonObject json) {
    JsonFields fields = JsonFields.of(json, "");
    return new ErasureAnswer(
        fields.integer(VALUES, 0, JsonNumber.INTEGER_MAX), fields.bool(REWRITTEN, false));
  }

  /// Both together.
  public ErasureAnswer and(ErasureAnswer other) {
    return new ErasureAnswer(values + other.values, areFilesRewritten && other.areFilesRewritten);
  }

  public JsonObject json() {
    return JsonObject.builder().put(VALUES, values).put(REWRITTEN, areFilesRewritten).build();
  }
}
