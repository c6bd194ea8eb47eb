package dev.fedcore.engine.adapter;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;

/// A permit as one process hands it to another.
public final class PermitJson {

  private static final int ATTEMPT_MAX = Integer.MAX_VALUE;

  private PermitJson() {}

  public static JsonObject of(Permit permit) {
    return JsonObject.builder()
        .put("action", permit.action().hex())
        .put("actor", permit.actor())
        .put("attempt", permit.attempt())
        .put("effect_key", permit.effectKey())
        .put("not_after", permit.notAfter().toString())
        .put("payload_salt", permit.salt().hex())
        .put("run", permit.run().toString())
        .put("signature", permit.signature())
        .put("step", permit.step().value())
        .put("tenant", permit.tenant().value())
        .build();
  }

  /// Reads a permit. Whether it is genuine is for the office that issued it to say.
  ///
  /// @throws MalformedInput naming the member that is missing or cannot be read
  public static Permit read(JsonObject json, String pointer) {
    JsonFields fields = JsonFields.of(json, pointer);
    var permit =
        new Permit(
            parsed(fields, "tenant", TenantId::new),
            parsed(fields, "run", RunId::parse),
            parsed(fields, "step", StepId::new),
            (int) fields.integer("attempt", 1, ATTEMPT_MAX),
            parsed(fields, "action", Digest::new),
            parsed(fields, "payload_salt", PayloadSalt::new),
            fields.string("actor"),
            fields.string("effect_key"),
            parsed(fields, "not_after", Instant::parse),
            fields.string("signature"));
    fields.end();
    return permit;
  }

  private static <T> T parsed(JsonFields fields, String name, Function<String, T> read) {
    String text = fields.string(name);
    try {
      return read.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedInput(fields.pointer(name), "cannot be read: " + e.getMessage());
    }
  }
}
