package dev.fedcore.cli.offline;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.evidence.verify.Exhibit;
import java.util.ArrayList;
import java.util.List;

/// The payloads in a run's JSON with the hashes that it states for them.
public final class ViewContents {

  /// A run of 256 steps with large outputs: 64 MiB, 1,000,000 members.
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 64, 1_000_000);

  private static final String SALT = "payload_salt";

  private ViewContents() {}

  /// `input_payload` with `input_hash`, and each step's `output` with `output_hash`.
  public static List<Exhibit> of(byte[] runJson) {
    var run = new JsonView(JsonReader.readObject(runJson, LIMITS));
    if (isSaltErased(run)) {
      return List.of();
    }
    PayloadSalt salt = run.has(SALT) ? new PayloadSalt(run.text(SALT)) : PayloadSalt.NONE;
    var contents = new ArrayList<Exhibit>();
    add(contents, run, "input_hash", "input_payload", salt);
    for (JsonView step : run.objects("steps")) {
      add(contents, step, "output_hash", "output", salt);
    }
    return contents;
  }

  /// What is left of an erased run's payloads can be read and not be checked.
  private static boolean isSaltErased(JsonView run) {
    return run.isTrue("erased") && !run.has(SALT);
  }

  private static void add(
      List<Exhibit> contents, JsonView holder, String hash, String payload, PayloadSalt salt) {
    JsonValue value = holder.object().get(payload).orElse(JsonNull.NULL);
    if (holder.has(hash) && !(value instanceof JsonNull)) {
      contents.add(new Exhibit(holder.text(hash), value.canonicalBytes(), salt));
    }
  }
}
