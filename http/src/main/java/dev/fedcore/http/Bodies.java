package dev.fedcore.http;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;

/// A request's body, read strictly.
public final class Bodies {

  private Bodies() {}

  /// The body as a JSON object; `{}` when there is none.
  ///
  /// @throws ProblemFound 415 if it is sent as something else
  /// @throws MalformedInput if it is no such object
  public static JsonObject object(Request request) {
    byte[] body = request.body();
    if (body.length == 0) {
      return JsonObject.EMPTY;
    }
    if (!request.mediaType().equals(MediaTypes.JSON)) {
      throw unsupported(request.mediaType(), MediaTypes.JSON);
    }
    return JsonReader.readObject(body, JsonLimits.DEFAULT);
  }

  /// The fields of a whole body.
  public static JsonFields fields(JsonObject body) {
    return JsonFields.of(body, "");
  }

  public static ProblemFound unsupported(String sent, String spoken) {
    String what = sent.isEmpty() ? "no Content-Type" : sent;
    return new ProblemFound(
        Problem.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, what + " was sent; this takes " + spoken));
  }
}
