package dev.fedcore.cli.secret;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// `keys.json` of a data directory: read whole, replaced whole by rename, mode 0600 from its first
/// byte on. A running server notices the change.
///
/// @param file `keys.json`
public record KeyRing(Path file) {

  /// The file's name in a data directory.
  public static final String NAME = "keys.json";

  private static final String OWNER_ONLY = "rw-------";

  /// The key ring of a data directory.
  public static KeyRing in(Path dataDirectory) {
    return new KeyRing(dataDirectory.resolve(NAME));
  }

  /// What is known of all keys, none of it secret.
  public List<JsonObject> entries() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      JsonObject document = JsonReader.readObject(Files.readAllBytes(file), JsonLimits.DEFAULT);
      return document.get("keys").orElse(JsonNull.NULL) instanceof JsonArray keys
          ? keys.items().stream().map(KeyRing::entry).toList()
          : List.of();
    } catch (IOException _) {
      throw new Failure(ExitCode.NO_INPUT, file + " cannot be read");
    } catch (MalformedInput e) {
      throw new Failure(ExitCode.CONFIGURATION, file + " is malformed: " + e.problem());
    }
  }

  /// Adds a key's entry.
  public void add(JsonObject entry) {
    var entries = new ArrayList<>(entries());
    entries.add(entry);
    write(entries);
  }

  /// Takes the key of that id away. Whether there was one.
  public boolean revoke(String id) {
    List<JsonObject> entries = entries();
    List<JsonObject> rest =
        entries.stream()
            .filter(entry -> !entry.get("id").orElse(JsonNull.NULL).equals(new JsonString(id)))
            .toList();
    if (rest.size() == entries.size()) {
      return false;
    }
    write(rest);
    return true;
  }

  private static JsonObject entry(JsonValue value) {
    if (value instanceof JsonObject entry) {
      return entry;
    }
    throw new MalformedInput("/keys", "holds something that is no object");
  }

  private void write(List<JsonObject> entries) {
    var keys = new JsonArray(List.copyOf(entries));
    byte[] bytes = JsonObject.builder().put("keys", keys).build().canonicalBytes();
    try {
      Path directory = file.toAbsolutePath().resolveSibling("");
      PrivateDirectory.make(directory);
      Path fresh =
          Files.createTempFile(
              directory,
              NAME,
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
      Files.write(fresh, bytes);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException _) {
      throw new Failure(ExitCode.NO_INPUT, file + " cannot be written");
    }
  }
}
