package dev.fedcore.server.identity;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// `keys.json`: `{"keys":[{"id","sha256","actor","tenant","roles":[…],"expires_at"}]}`. Holds the
/// SHA-256 of each key's text, never the text.
public final class KeyFile {

  /// The file's name in the data directory.
  public static final String NAME = "keys.json";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private KeyFile() {}

  /// One key that is known.
  ///
  /// @param sha256 of the key's text
  public record Entry(String id, Digest sha256, Principal owner, Instant expiresAt) {}

  /// A line for `keys.json` that lets `key` in.
  public static JsonObject entry(KeyText key, Principal owner, Instant expiresAt) {
    List<JsonValue> roles =
        owner.roles().stream()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .sorted()
            .<JsonValue>map(JsonString::new)
            .toList();
    return JsonObject.builder()
        .put("id", key.id())
        .put("sha256", Sha256.hex(key.text().getBytes(StandardCharsets.UTF_8)))
        .put("actor", owner.actor())
        .put("tenant", owner.tenant().value())
        .put("roles", new JsonArray(roles))
        .put("expires_at", expiresAt.toString())
        .build();
  }

  /// Reads the file.
  ///
  /// @throws KeysRefused if others may read it, or if it is not what it must be
  static Map<String, Entry> read(Path file) {
    try {
      if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
        throw new KeysRefused(file + " must have mode 0600, so that nobody else reads it");
      }
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new KeysRefused(file + " cannot be read: " + e.getMessage());
    } catch (MalformedInput e) {
      throw new KeysRefused(file + " is malformed: " + e.getMessage());
    }
  }

  private static Map<String, Entry> parse(byte[] json) {
    var fields = JsonFields.of(JsonReader.readObject(json, JsonLimits.DEFAULT), "");
    List<JsonValue> keys = fields.array("keys");
    fields.end();
    var entries = new HashMap<String, Entry>();
    for (int i = 0; i < keys.size(); i++) {
      Entry entry = parseEntry(keys.get(i), "/keys/" + i);
      entries.put(entry.id(), entry);
    }
    return Map.copyOf(entries);
  }

  private static Entry parseEntry(JsonValue value, String pointer) {
    if (!(value instanceof JsonObject object)) {
      throw new MalformedInput(pointer, "must be an object");
    }
    var fields = JsonFields.of(object, pointer);
    try {
      var entry =
          new Entry(
              fields.string("id"),
              new Digest(fields.string("sha256")),
              new Principal(
                  fields.string("actor"), new TenantId(fields.string("tenant")), roles(fields)),
              Instant.parse(fields.string("expires_at")));
      fields.optionalString("created_at");
      fields.optionalString("note");
      fields.end();
      return entry;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedInput(pointer, "does not describe a key: " + e.getMessage());
    }
  }

  private static Set<Role> roles(JsonFields fields) {
    var roles = EnumSet.noneOf(Role.class);
    for (String role : fields.strings("roles")) {
      roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT)));
    }
    return roles;
  }
}
