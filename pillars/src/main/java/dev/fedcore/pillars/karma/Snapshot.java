package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.TreeMap;

/// All that follows from the events: the Q-table and the users of every tenant, and a digest over
/// every change and answer. Two are the same when their bytes are.
///
/// @param json the whole
public record Snapshot(JsonObject json) {

  /// The canonical form.
  public byte[] bytes() {
    return json.canonicalBytes();
  }

  /// Puts a snapshot together; outcomes in the order of their events, the rest in any.
  static final class Builder {

    private final TreeMap<String, TreeMap<String, JsonObject>> members = new TreeMap<>();
    private final TreeMap<String, JsonObject> tables = new TreeMap<>();
    private final MessageDigest outcomes = Sha256.start();
    private long events;

    void outcome(byte[] changes, byte[] answer) {
      events++;
      add(changes);
      add(answer);
    }

    private void add(byte[] bytes) {
      outcomes.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      outcomes.update(bytes);
    }

    void member(String tenant, String userId, JsonObject member) {
      members.computeIfAbsent(tenant, _ -> new TreeMap<>()).put(userId, member);
    }

    void table(String tenant, JsonObject table) {
      tables.put(tenant, table);
    }

    Snapshot build() {
      var users = JsonObject.builder();
      members.forEach((tenant, all) -> {
        var json = JsonObject.builder();
        all.forEach(json::put);
        users.put(tenant, json.build());
      });
      var learned = JsonObject.builder();
      tables.forEach(learned::put);
      return new Snapshot(
          JsonObject.builder()
              .put("events", events)
              .put("members", users.build())
              .put("outcomes", Sha256.hexOf(outcomes.digest()))
              .put("q_tables", learned.build())
              .build());
    }
  }
}
