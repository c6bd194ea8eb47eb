package dev.fedcore.pillars.karma;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.engine.erasure.Mentions;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.pillars.karma.people.Disclosure;
import dev.fedcore.pillars.karma.people.Salt;
import dev.fedcore.pillars.karma.rules.QTable;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Takes one person out of a tenant, in the transaction of whoever calls, and adds an entry to the
/// chain that says so. The chain itself, and what follows from it, stays byte for byte.
final class Erasing {

  /// The member of the entry that says how many names, words and ids went.
  static final String VALUES = "values_erased";

  /// About how many rows it writes. More than fit beside other changes, so that none waits for it.
  static final int ROWS = 16_384;

  /// How many rows are held in memory at once.
  private static final int LOT = 500;

  /// The most pseudonyms that the entry names; one person rarely has more than one.
  private static final int NAMED_MAX = 100;

  private static final String USER_ID = "user_id";

  private static final String PEOPLE =
      """
      SELECT person_row, user_id, pseudonym
        FROM person NOT INDEXED
       WHERE tenant = ? AND person_row > ?
       ORDER BY person_row
       LIMIT ?
      """;

  private static final String REMOVE_PERSON =
      """
      DELETE FROM person
       WHERE person_row = ?
      """;

  /// In the order of the events and without an index, or each page would sort the whole tenant.
  private static final String EVENTS =
      """
      SELECT disclosure.seq, event.user_id,
             disclosure.event_id, disclosure.salt, disclosure.said
        FROM disclosure NOT INDEXED CROSS JOIN event USING (seq)
       WHERE disclosure.tenant = ? AND disclosure.seq > ?
         AND (disclosure.said IS NOT NULL OR disclosure.event_id IS NOT NULL)
       ORDER BY disclosure.seq
       LIMIT ?
      """;

  private static final String KEEP_ID_ONLY =
      """
      UPDATE disclosure
         SET event_id = ?, salt = NULL, said = NULL
       WHERE seq = ?
      """;

  private final Statements statements;
  private final Chain chain;
  private final SecureRandom random;
  private final Order order;
  private final Mentions mentions;

  /// Of those who go; an address in several spellings is several people to Karma.
  private final Set<String> pseudonyms = new TreeSet<>();

  /// Their names, in small letters.
  private final Set<String> names = new HashSet<>();

  private long values;
  private long events;

  /// What is asked for.
  ///
  /// @param subject a person's name
  /// @param reason in words
  /// @param by who asks
  record Order(String tenant, String subject, String reason, String by, Instant now) {}

  Erasing(Statements statements, Chain chain, SecureRandom random, Order order) {
    this.statements = statements;
    this.chain = chain;
    this.random = random;
    this.order = order;
    this.mentions = new Mentions(order.subject());
  }

  private record Known(long row, String userId, String pseudonym) {}

  private record Told(long seq, String pseudonym, Disclosure disclosure) {}

  /// How many values went. If there were none, nothing is written.
  long erase() throws SQLException {
    erasePeople();
    eraseWords();
    if (values > 0) {
      writeDown();
    }
    return values;
  }

  private void erasePeople() throws SQLException {
    long after = -1;
    List<Known> lot;
    do {
      lot =
          statements.list(
              PEOPLE,
              row -> new Known(row.getLong(1), row.getString(2), row.getString(3)),
              order.tenant(),
              after,
              LOT);
      for (Known known : lot) {
        after = known.row();
        if (mentions.in(USER_ID, new JsonString(known.userId()))) {
          pseudonyms.add(known.pseudonym());
          names.add(known.userId().toLowerCase(Locale.ROOT));
          statements.execute(REMOVE_PERSON, known.row());
          values++;
        }
      }
    } while (lot.size() == LOT);
  }

  private void eraseWords() throws SQLException {
    long after = -1;
    List<Told> lot;
    do {
      lot =
          statements.list(
              EVENTS,
              row -> new Told(row.getLong(1), row.getString(2), Chain.disclosure(row, 3)),
              order.tenant(),
              after,
              LOT);
      for (Told told : lot) {
        after = told.seq();
        eraseWords(told);
      }
    } while (lot.size() == LOT);
  }

  /// An id is needed to know a repeated event, and stays. One that names the person goes, and one
  /// that is the hash of what was said: whoever guesses that could check the guess.
  private void eraseWords(Told told) throws SQLException {
    Optional<String> id = told.disclosure().eventId();
    Optional<JsonObject> said = told.disclosure().said();
    boolean isTheirs = pseudonyms.contains(told.pseudonym());
    boolean isInId = id.filter(text -> isNamedIn(text, isTheirs)).isPresent();
    boolean isInWords = said.filter(mentions::in).isPresent();
    if (!isTheirs && !isInId && !isInWords) {
      return;
    }
    boolean isHash =
        id.isPresent()
            && said.flatMap(words -> words.get(Disclosure.BODY_HASH))
                .filter(new JsonString(id.get())::equals)
                .isPresent();
    boolean isIdGone = isInId || isHash;
    if (said.isPresent() || isIdGone) {
      statements.execute(KEEP_ID_ONLY, isIdGone ? null : id.orElse(null), told.seq());
      events++;
      values += (isIdGone ? 1 : 0) + said.map(Erasing::words).orElse(0L);
    }
  }

  /// In the id of an event that is about the person, the name counts wherever it stands.
  private boolean isNamedIn(String id, boolean isTheirs) {
    String small = id.toLowerCase(Locale.ROOT);
    return mentions.in(USER_ID, new JsonString(id))
        || (isTheirs && names.stream().anyMatch(small::contains));
  }

  private static long words(JsonObject said) {
    return said.members().keySet().stream()
        .filter(name -> !name.equals(Disclosure.BODY_HASH))
        .count();
  }

  /// Appends the entry. It names pseudonyms, except those of version 1, which are names; who asked
  /// and why is sealed.
  private void writeDown() throws SQLException {
    JsonObject said =
        JsonObject.builder()
            .put("by", by())
            .put("reason", mentions.erasedFrom(order.reason()))
            .build();
    String bodyHash = Sha256.hex(said.canonicalBytes());
    Salt salt = Salt.drawn(random);
    String id = KarmaSession.freshId(random);
    Chain.Place place = chain.next();
    var event =
        new EventRecord(
            EventRecord.VERSION,
            place.seq(),
            order.tenant(),
            salt.seal(id),
            EventType.ERASURE,
            Principal.SYSTEM,
            entry(salt),
            salt.seal(bodyHash),
            place.at(order.now()),
            true,
            place.prev());
    JsonObject kept = said.with(Disclosure.BODY_HASH, new JsonString(bodyHash));
    chain.append(
        event,
        Disclosure.of(id, salt, kept),
        Derivation.ofErasure(event, QTable.ZERO, Optional.empty()));
  }

  private JsonObject entry(Salt salt) {
    List<String> named = pseudonyms.stream().filter(Commitment::is).limit(NAMED_MAX).toList();
    return JsonObject.builder()
        .put("by", salt.seal(by()))
        .put("events_changed", events)
        .put("pseudonyms", JsonArray.ofStrings(named))
        .put("reason", salt.seal(mentions.erasedFrom(order.reason())))
        .put(VALUES, values)
        .build();
  }

  /// Who asks; people may ask to be erased themselves.
  private String by() {
    return mentions.in("by", new JsonString(order.by())) ? Disclosed.ERASED : order.by();
  }
}
