package dev.fedcore.engine.live;

import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;

/// JSON that enters hashes: canonicalised once, hashed once, then passed on as it is.
public final class Payloads {

  /// The heaviest payload; more than any request can hold. References let a few bytes of a
  /// definition stand for very many.
  ///
  /// @see Body#weight()
  public static final int WEIGHT_MAX = 2 << 20;

  /// The heaviest run: its input and the outputs of all its steps. They are read and written
  /// together.
  public static final int RUN_WEIGHT_MAX = 16 << 20;

  /// What a member or an item weighs beside its bytes: about what it takes in memory.
  private static final int MEMBER_WEIGHT = 32;

  /// Objects and arrays inside each other. A run's view, in which payloads stand, is read with a
  /// few more.
  private static final int DEPTH_MAX = 100;

  private Payloads() {}

  /// Canonicalises `json` and hashes it with `salt`. It may be of any size, since it was kept.
  public static Body of(JsonObject json, PayloadSalt salt) {
    byte[] canonical = json.canonicalBytes();
    long weight =
        canonical.length
            + (long) MEMBER_WEIGHT
                * new Scales(Long.MAX_VALUE, CanonicalWriter.DEPTH_MAX).count(json);
    return new Body(json, canonical, new Digest(salt.hash(canonical)), weight);
  }

  /// The same for what somebody puts in, or a step puts out.
  ///
  /// @throws MalformedInput if it is too heavy or too deep
  public static Body bounded(JsonObject json, PayloadSalt salt) {
    requireBounded(json);
    Body body = of(json, salt);
    if (body.weight() > WEIGHT_MAX) {
      throw tooHeavy();
    }
    return body;
  }

  /// Refuses what is too heavy or too deep, before it is written out: one object may stand in it a
  /// million times and take no memory until then.
  ///
  /// @throws MalformedInput if it is
  static void requireBounded(JsonValue json) {
    new Scales(WEIGHT_MAX, DEPTH_MAX).count(json);
  }

  private static MalformedInput tooHeavy() {
    return new MalformedInput(
        "",
        "the payload is too large: it may have 2 MiB, "
            + "with 32 bytes more for each member and item; hand over less");
  }

  /// Counts members and items as they would be written. Lengths in characters are never more than
  /// those in bytes.
  private static final class Scales {

    private final long weightMax;
    private final int depthMax;
    private long members;
    private long characters;

    Scales(long weightMax, int depthMax) {
      this.weightMax = weightMax;
      this.depthMax = depthMax;
    }

    long count(JsonValue value) {
      count(value, 1);
      return members;
    }

    private void count(JsonValue value, int depth) {
      switch (value) {
        case JsonObject object ->
            object
                .members()
                .forEach((name, member) -> {
                  characters += name.length();
                  member(member, depth);
                });
        case JsonArray array -> array.items().forEach(item -> member(item, depth));
        case JsonString text -> characters += text.value().length();
        default -> {}
      }
    }

    private void member(JsonValue member, int depth) {
      members++;
      if (characters + MEMBER_WEIGHT * members > weightMax) {
        throw tooHeavy();
      }
      if (depth > depthMax) {
        throw new MalformedInput("", "the payload is more than %d levels deep".formatted(depthMax));
      }
      count(member, depth + 1);
    }
  }

  /// A JSON object with its canonical bytes and their digest. The bytes are never changed.
  public static final class Body {

    private final JsonObject json;
    private final byte[] canonical;
    private final Digest hash;
    private final long weight;

    private Body(JsonObject json, byte[] canonical, Digest hash, long weight) {
      this.json = json;
      this.canonical = canonical;
      this.hash = hash;
      this.weight = weight;
    }

    public JsonObject json() {
      return json;
    }

    public byte[] canonical() {
      return canonical;
    }

    public Digest hash() {
      return hash;
    }

    /// Its canonical bytes, and 32 for each member and item: a measure for the memory it takes.
    public long weight() {
      return weight;
    }
  }
}
