package dev.fedcore.server.api;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Request;
import dev.fedcore.policy.YamlDocuments;

/// A document that people write by hand: YAML, or JSON.
public final class YamlBodies {

  private YamlBodies() {}

  /// The body as an object.
  static JsonObject object(Request request) {
    return MediaTypes.YAML.contains(request.mediaType())
        ? parse(request.body())
        : Bodies.object(request);
  }

  /// Reads YAML strictly.
  ///
  /// @throws MalformedInput with line and column
  public static JsonObject parse(byte[] yaml) {
    if (YamlDocuments.read(yaml, JsonLimits.DEFAULT) instanceof JsonObject object) {
      return object;
    }
    throw new MalformedInput("", "must be an object");
  }
}
