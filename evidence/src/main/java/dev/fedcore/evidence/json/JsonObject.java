package dev.fedcore.evidence.json;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A JSON object. Its members keep the order in which they were put, which is for people only:
/// equality and canonical bytes do not depend on it.
///
/// @param members unmodifiable
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {

  /// `{}`.
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  public JsonObject {
    members =
        members instanceof Owned owned
            ? owned.view
            : Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /// A map that nobody else holds, so that it need not be copied.
  private static final class Owned extends LinkedHashMap<String, JsonValue> {

    @Serial private static final long serialVersionUID = 1;

    private final transient Map<String, JsonValue> view = Collections.unmodifiableMap(this);
  }

  public static JsonObject of(Map<String, JsonValue> members) {
    return new JsonObject(members);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// The member of that name. A member that is JSON null is present, as [JsonNull].
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /// A copy in which `name` has `value`, at its old place or else at the end.
  public JsonObject with(String name, JsonValue value) {
    var copy = new LinkedHashMap<>(members);
    copy.put(name, value);
    return new JsonObject(copy);
  }

  /// Puts one object together, member by member. Not for several threads.
  public static final class Builder {

    private final Owned members = new Owned();
    private boolean built;

    private Builder() {}

    /// Puts one member.
    ///
    /// @throws IllegalArgumentException when the name was put before
    /// @throws IllegalStateException when the object is built already
    public Builder put(String name, JsonValue value) {
      if (built) {
        throw new IllegalStateException("the object is built; begin another");
      }
      if (members.putIfAbsent(name, requireNonNull(value)) != null) {
        throw new IllegalArgumentException("member \"" + name + "\" was put twice");
      }
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, new JsonString(value));
    }

    public Builder put(String name, long value) {
      return put(name, JsonNumber.of(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, JsonBoolean.of(value));
    }

    public Builder putNull(String name) {
      return put(name, JsonNull.NULL);
    }

    /// The object. The builder is used up.
    public JsonObject build() {
      built = true;
      return new JsonObject(members);
    }
  }
}
