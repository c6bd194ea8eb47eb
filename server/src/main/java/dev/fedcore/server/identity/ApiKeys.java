package dev.fedcore.server.identity;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.kernel.identity.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API keys that are good now. Follows its file: a key that is taken out of the file is refused
/// within a refresh. A file that has become unfit lets nobody in until it is mended.
///
/// Safe for use by many threads; [#refresh] by one.
public final class ApiKeys {

  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

  private final Path file;
  private volatile Map<String, KeyFile.Entry> known;
  private Stamp seen;

  private ApiKeys(Path file, Map<String, KeyFile.Entry> known, Stamp seen) {
    this.file = file;
    this.known = known;
    this.seen = seen;
  }

  /// Reads the file; none is as good as an empty one.
  ///
  /// @throws KeysRefused if it is unfit
  public static ApiKeys open(Path file) {
    Stamp stamp = Stamp.of(file);
    return new ApiKeys(file, stamp.exists() ? KeyFile.read(file) : Map.of(), stamp);
  }

  /// Whether anybody has a key.
  public boolean isEmpty() {
    return known.isEmpty();
  }

  /// Reads the file again if it has changed. To be called every second or so.
  public void refresh() {
    Stamp stamp = Stamp.of(file);
    if (stamp.equals(seen)) {
      return;
    }
    seen = stamp;
    try {
      known = stamp.exists() ? KeyFile.read(file) : Map.of();
      LOG.info("event=keys_loaded keys={}", known.size());
    } catch (KeysRefused refused) {
      known = Map.of();
      LOG.error("event=keys_refused next=nobody_gets_in why=\"{}\"", refused.getMessage());
    }
  }

  /// Whose key this is; empty if it is unknown, mistyped or expired.
  Optional<Principal> find(String text, Instant now) {
    Optional<KeyText> key = KeyText.parse(text);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    KeyFile.Entry entry = known.get(key.get().id());
    byte[] digest = Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    if (entry == null || !MessageDigest.isEqual(digest, Sha256.parseHex(entry.sha256().hex()))) {
      return Optional.empty();
    }
    return now.isBefore(entry.expiresAt()) ? Optional.of(entry.owner()) : Optional.empty();
  }

  /// By which a change of the file is seen.
  private record Stamp(boolean exists, String attributes) {

    static Stamp of(Path file) {
      try {
        return new Stamp(true, Files.readAttributes(file, "unix:ctime,size,mode,ino").toString());
      } catch (IOException _) {
        return new Stamp(false, "");
      }
    }
  }
}
