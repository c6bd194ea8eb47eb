package dev.fedcore.pillars.bucket.store;

import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.receipt.Commitment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How an entry of the second version is hashed and how it is shown.
///
/// Hashed is `{"chain_format", "content", "prev", "product_id", "seq", "tenant_id", "timestamp"}`,
/// where `content` is the commitment to everything else: an object with all that the requester
/// said, and who that is. An erasure's entry also has `erased_entries`, which numbers what went.
/// Shown are both objects in one, without the commitment and with `content_salt` instead of it, or,
/// once the content is erased, the hashed one with `content_erased`.
final class EntryForm {

  /// The second version.
  static final String FORMAT = "fedcore.bucket/v2";

  /// The numbers of the entries whose content an erasure took: `{"audit": […], "event": […]}`.
  static final String ERASED_ENTRIES = "erased_entries";

  static final String CONTENT = "content";

  private static final String PREFIX = "{\"chain_format\":\"" + FORMAT + "\",";

  /// Until the end of the commitment and the comma after it; 43 characters of base64url in it.
  private static final int SEALED_LENGTH =
      "\"content\":\"".length() + Commitment.PREFIX.length() + 43 + "\",".length();

  private EntryForm() {}

  /// Where an entry stands.
  ///
  /// @param prev the hash of the entry before it
  /// @param at when it was taken, RFC 3339
  record Place(String product, String tenant, long seq, String prev, String at) {}

  /// The bytes that are hashed.
  ///
  /// @param commitment to the content
  /// @param erased what an erasure took; empty for all other entries
  static byte[] hashed(Place place, String commitment, Optional<JsonObject> erased) {
    CanonicalWriter json = new CanonicalWriter().beginObject();
    json.name("chain_format").string(FORMAT).name(CONTENT).string(commitment);
    erased.ifPresent(numbers -> json.name(ERASED_ENTRIES).raw(numbers.canonicalBytes()));
    return json.name("prev")
        .string(place.prev())
        .name("product_id")
        .string(place.product())
        .name("seq")
        .integer(place.seq())
        .name("tenant_id")
        .string(place.tenant())
        .name("timestamp")
        .string(place.at())
        .endObject()
        .toBytes();
  }

  /// The content: the requester's members and the entry's id.
  static byte[] content(Map<String, byte[]> said, String idName, String id) {
    var members = new TreeMap<>(said);
    members.put(idName, new CanonicalWriter().string(id).toBytes());
    CanonicalWriter json = new CanonicalWriter().beginObject();
    members.forEach((name, value) -> json.name(name).raw(value));
    return json.endObject().toBytes();
  }

  /// Whether `hashed` says only where the entry stands.
  static boolean isSealed(byte[] hashed) {
    return hashed.length > PREFIX.length() + SEALED_LENGTH
        && new String(hashed, 0, PREFIX.length(), StandardCharsets.UTF_8).equals(PREFIX);
  }

  /// What people read, without the entry's hash.
  static byte[] shown(byte[] hashed, byte[] salt, byte[] content) {
    var out = new ByteArrayOutputStream(hashed.length + content.length + 2 * salt.length);
    out.write(content, 0, content.length - 1);
    put(out, "," + PREFIX.substring(1));
    int from = PREFIX.length() + SEALED_LENGTH;
    out.write(hashed, from, hashed.length - from - 1);
    put(out, ",\"content_salt\":\"" + HexFormat.of().formatHex(salt) + "\"}");
    return out.toByteArray();
  }

  /// What people read of an entry whose content is gone.
  static byte[] shownErased(byte[] hashed) {
    var out = new ByteArrayOutputStream(hashed.length + 32);
    out.write(hashed, 0, hashed.length - 1);
    put(out, ",\"content_erased\":true}");
    return out.toByteArray();
  }

  static boolean says(JsonObject object, String name, String value) {
    return object.get(name).equals(Optional.of(new JsonString(value)));
  }

  static boolean says(JsonObject object, String name, long value) {
    return object.get(name).equals(Optional.of(JsonNumber.of(value)));
  }

  private static void put(ByteArrayOutputStream out, String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
