package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `scope_validate`: a claim must be falsifiable. It has an id and a statement, and a prediction
/// with a tolerance or a test that says what must pass or when it fails.
final class Scope {

  private static final Pattern CLAIM_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  private Scope() {}

  /// @throws MalformedInput when the step names no claims, or one whose id is no file name
  static StepOutcome validate(JsonObject arguments, Scratch scratch) {
    List<JsonObject> claims = claims(arguments);
    var details = new ArrayList<JsonValue>();
    boolean allOk = true;
    for (JsonObject claim : claims) {
      String id = text(claim, "id");
      if (!CLAIM_ID.matcher(id).matches()) {
        throw new MalformedInput(
            "/args/claim/id", "must be 1 to 80 of A-Z a-z 0-9 . _ -; is \"" + id + "\"");
      }
      List<String> problems = problems(claim);
      allOk &= problems.isEmpty();
      details.add(
          JsonObject.builder()
              .put("id", id)
              .put("ok", problems.isEmpty())
              .put("problems", JsonArray.ofStrings(problems))
              .build());
      scratch.put("scope/claims/" + id + ".json", claim.canonicalBytes());
    }
    JsonObject summary =
        JsonObject.builder()
            .put("claims_checked", claims.size())
            .put("overall_ok", allOk)
            .put("details", new JsonArray(details))
            .put("notes", allOk ? "every claim can be tested" : "a claim cannot be tested")
            .build();
    scratch.put("scope/summary.json", summary.canonicalBytes());
    return allOk
        ? new StepOutcome.Done(summary)
        : new StepOutcome.Failed(summary, "a claim cannot be tested; see scope/summary.json");
  }

  private static List<JsonObject> claims(JsonObject arguments) {
    var fields = JsonFields.of(arguments, "/args");
    var claims = new ArrayList<JsonObject>();
    fields.optionalObject("claim").ifPresent(claims::add);
    List<JsonValue> more = fields.optionalArray("claims").orElse(List.of());
    for (int i = 0; i < more.size(); i++) {
      if (!(more.get(i) instanceof JsonObject claim)) {
        throw new MalformedInput(
            JsonPointers.child("/args/claims", i), "must be an object, is " + more.get(i).kind());
      }
      claims.add(claim);
    }
    fields.end();
    if (claims.isEmpty()) {
      throw new MalformedInput("/args", "names no claim; give claim or claims");
    }
    return claims;
  }

  private static List<String> problems(JsonObject claim) {
    var problems = new ArrayList<String>();
    if (text(claim, "statement").isBlank()) {
      problems.add("statement is missing");
    }
    List<JsonObject> predictions = objects(claim, "predictions");
    List<JsonObject> tests = objects(claim, "falsification_tests");
    if (predictions.isEmpty() && tests.isEmpty()) {
      problems.add("neither predictions nor falsification_tests are there");
    }
    for (int i = 0; i < predictions.size(); i++) {
      if (!has(predictions.get(i), "tolerance")) {
        problems.add("prediction " + (i + 1) + " has no tolerance");
      }
    }
    for (int i = 0; i < tests.size(); i++) {
      if (!has(tests.get(i), "must_pass") && !has(tests.get(i), "fail_if")) {
        problems.add("test " + (i + 1) + " says neither must_pass nor fail_if");
      }
    }
    return problems;
  }

  private static List<JsonObject> objects(JsonObject claim, String name) {
    return claim.get(name).orElse(JsonNull.NULL) instanceof JsonArray(var items)
        ? items.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }

  private static boolean has(JsonObject object, String name) {
    return object.get(name).filter(value -> !(value instanceof JsonNull)).isPresent();
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).orElse(JsonNull.NULL) instanceof JsonString(String text) ? text : "";
  }
}
