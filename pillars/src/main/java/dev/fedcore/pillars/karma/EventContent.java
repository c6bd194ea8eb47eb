package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.pillars.karma.rules.Deed;
import dev.fedcore.pillars.karma.rules.KarmaRole;
import dev.fedcore.pillars.karma.rules.Observation;
import dev.fedcore.pillars.karma.rules.Offence;
import dev.fedcore.pillars.karma.rules.Rite;
import dev.fedcore.pillars.karma.rules.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The member `data` of an event, read strictly.
final class EventContent {

  /// The longest user id, in characters.
  static final int USER_ID_LENGTH_MAX = 50;

  /// The longest action or plan id, in characters.
  private static final int NAME_LENGTH_MAX = 100;

  /// The longest note or transaction hash, in characters.
  private static final int NOTE_LENGTH_MAX = 500;

  /// The largest context, in bytes of canonical JSON.
  private static final int CONTEXT_BYTES_MAX = 1_000;

  /// The largest metadata, in bytes of canonical JSON: 1 KiB.
  private static final int METADATA_BYTES_MAX = 1_024;

  /// The most that can be atoned at once: ten times the largest plan.
  private static final double AMOUNT_MAX = 100_000;

  /// The role that stands for the one that the user has.
  private static final String STORED_ROLE = "user";

  private static final List<String> ROLES =
      Stream.concat(Arrays.stream(KarmaRole.values()).map(KarmaRole::text), Stream.of(STORED_ROLE))
          .toList();

  private static final String ROLE = "role";
  private static final String USER_ID = "user_id";
  private static final String CONTEXT = "context";

  private EventContent() {}

  /// What an event of this type says.
  ///
  /// @throws MalformedInput if it cannot be read
  static Observation read(EventType type, JsonFields data) {
    return switch (type) {
      case LIFE_EVENT -> lifeEvent(data);
      case ATONEMENT -> atonement(data);
      case APPEAL -> appeal(data);
      case DEATH_EVENT -> new Observation.DeathEvent(userId(data));
      case REDEMPTION -> redemption(data);
      case STATS_REQUEST -> new Observation.StatsRequest(userId(data));
      case ERASURE -> throw new IllegalArgumentException("an erasure is no observation");
    };
  }

  /// Closes the data, after [#read] and what every event may carry.
  static void end(JsonFields data) {
    bounded(data, CONTEXT, CONTEXT_BYTES_MAX);
    bounded(data, "metadata", METADATA_BYTES_MAX);
    data.end();
  }

  /// The trace that the event belongs to.
  static Optional<String> traceId(JsonObject data) {
    if (data.get(CONTEXT).orElse(JsonObject.EMPTY) instanceof JsonObject context
        && context.get("trace_id").orElse(null) instanceof JsonString(String trace)
        && !trace.isBlank()) {
      return Optional.of(trace);
    }
    return Optional.empty();
  }

  private static Observation lifeEvent(JsonFields data) {
    String userId = userId(data);
    Deed deed = choice(data, "action", Deed::named, Deed.TEXTS);
    Optional<KarmaRole> role = role(data);
    String note = data.has("note") ? data.string("note", NOTE_LENGTH_MAX) : "";
    return new Observation.LifeEvent(userId, deed, role, note);
  }

  private static Optional<KarmaRole> role(JsonFields data) {
    if (data.string(ROLE, NAME_LENGTH_MAX).equals(STORED_ROLE)) {
      return Optional.empty();
    }
    return Optional.of(choice(data, ROLE, KarmaRole::named, ROLES));
  }

  private static Observation atonement(JsonFields data) {
    String userId = userId(data);
    String plan = data.string("plan_id", USER_ID_LENGTH_MAX + NAME_LENGTH_MAX);
    Rite rite =
        choice(
            data,
            "atonement_type",
            Rite::named,
            Arrays.stream(Rite.values()).map(Rite::text).toList());
    double amount = amount(data);
    boolean proven = data.has("tx_hash") && !data.string("tx_hash", NOTE_LENGTH_MAX).isBlank();
    if (rite == Rite.DAAN && !proven) {
      throw new MalformedInput(
          data.pointer("tx_hash"), "must be the hash of the gift's transaction, for Daan");
    }
    return new Observation.Atonement(userId, plan, rite, amount);
  }

  private static Observation redemption(JsonFields data) {
    String userId = userId(data);
    Token token = choice(data, "token", Token::redeemable, Token.REDEEMABLE);
    return new Observation.Redemption(userId, token, amount(data));
  }

  private static Observation appeal(JsonFields data) {
    String userId = userId(data);
    List<String> offences = Arrays.stream(Offence.values()).map(Offence::text).toList();
    return new Observation.Appeal(userId, choice(data, "action", Offence::named, offences));
  }

  private static String userId(JsonFields data) {
    String userId = data.string(USER_ID, USER_ID_LENGTH_MAX);
    if (userId.isBlank() || userId.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedInput(
          data.pointer(USER_ID),
          "must have 1 to %d characters, none of them a control character"
              .formatted(USER_ID_LENGTH_MAX));
    }
    return userId;
  }

  private static double amount(JsonFields data) {
    if (data.optionalValue("amount").orElse(null) instanceof JsonNumber(double amount)
        && amount > 0
        && amount <= AMOUNT_MAX) {
      return amount;
    }
    throw new MalformedInput(
        data.pointer("amount"), "must be a number above 0 and at most %.0f".formatted(AMOUNT_MAX));
  }

  private static <T> T choice(
      JsonFields data, String name, Function<String, Optional<T>> known, List<String> choices) {
    String text = data.string(name, NAME_LENGTH_MAX);
    return known
        .apply(text)
        .orElseThrow(() ->
            new MalformedInput(
                data.pointer(name),
                "must be one of %s; is \"%s\"".formatted(String.join(", ", choices), text)));
  }

  private static void bounded(JsonFields data, String name, int bytesMax) {
    Optional<JsonObject> object = data.optionalObject(name);
    int bytes = object.map(value -> value.canonicalBytes().length).orElse(0);
    if (bytes > bytesMax) {
      throw new MalformedInput(
          data.pointer(name), "has %,d bytes; at most %,d fit".formatted(bytes, bytesMax));
    }
  }
}
