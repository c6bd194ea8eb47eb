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
import dev.fedcore.sqlite.Store;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
       WHERE disclosure.tenant = ? AND disclosure.seq > ? AND disclosure.seq <= ?
         AND (disclosure.said IS NOT NULL OR disclosure.event_id IS NOT NULL)
       ORDER BY disclosure.seq
       LIMIT ?
      """;

  private static final String LAST =
      """
      SELECT coalesce(max(seq), -1)
        FROM event
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
  private final Who who;
  private long values;
  private long events;

  /// What is asked for.
  ///
  /// @param subject a person's name
  /// @param reason in words
  /// @param by who asks
  record Order(String tenant, String subject, String reason, String by, Instant now) {}

  /// What was found before the transaction, so that others need not wait while everything is looked
  /// at. An event is never changed but by an erasure, so that what concerns nobody who goes never
  /// will.
  ///
  /// @param until up to this event all were looked at; later ones may be of people who came later
  /// @param events those of them that concern the person
  record Found(long until, List<Long> events) {

    Found {
      events = List.copyOf(events);
    }
  }

  Erasing(Statements statements, Chain chain, SecureRandom random, Order order) {
    this.statements = statements;
    this.chain = chain;
    this.random = random;
    this.order = order;
    this.who = new Who(new Mentions(order.subject()));
  }

  private record Known(long row, String userId, String pseudonym) {

    static Known read(ResultSet row) throws SQLException {
      return new Known(row.getLong(1), row.getString(2), row.getString(3));
    }
  }

  private record Told(long seq, String pseudonym, Disclosure disclosure) {

    static Told read(ResultSet row) throws SQLException {
      return new Told(row.getLong(1), row.getString(2), Chain.disclosure(row, 3));
    }
  }

  /// Who goes.
  ///
  /// @param pseudonyms of those who go; an address in several spellings is several people to Karma
  /// @param names theirs, in small letters
  private record Who(Mentions mentions, Set<String> pseudonyms, Set<String> names) {

    Who(Mentions mentions) {
      this(mentions, new TreeSet<>(), new HashSet<>());
    }

    /// Whether this is one of those who go, who then is known to be.
    boolean meets(Known known) {
      boolean isMeant = mentions.in(USER_ID, new JsonString(known.userId()));
      if (isMeant) {
        pseudonyms.add(known.pseudonym());
        names.add(known.userId().toLowerCase(Locale.ROOT));
      }
      return isMeant;
    }

    boolean isOf(Told told) {
      return pseudonyms.contains(told.pseudonym());
    }

    /// In the id of an event that is about the person, the name counts wherever it stands.
    boolean isInId(Told told) {
      return told.disclosure().eventId().filter(id -> isNamedIn(id, isOf(told))).isPresent();
    }

    private boolean isNamedIn(String id, boolean isTheirs) {
      String small = id.toLowerCase(Locale.ROOT);
      return mentions.in(USER_ID, new JsonString(id))
          || (isTheirs && names.stream().anyMatch(small::contains));
    }

    /// Whether something of the event has to go.
    boolean isConcernedBy(Told told) {
      return isOf(told)
          || isInId(told)
          || told.disclosure().said().filter(mentions::in).isPresent();
    }
  }

  /// Looks at everybody and everything that there is now. Takes time linear in the tenant's events.
  static Found look(Store<KarmaSession> store, Order order) {
    var who = new Who(new Mentions(order.subject()));
    long until = store.first("find the last event", LAST, row -> row.getLong(1)).orElseThrow();
    long after = -1;
    List<Known> people;
    do {
      people = store.list("look for somebody", PEOPLE, Known::read, order.tenant(), after, LOT);
      for (Known known : people) {
        after = known.row();
        who.meets(known);
      }
    } while (people.size() == LOT);
    var found = new ArrayList<Long>();
    after = -1;
    List<Told> lot;
    do {
      lot = store.list("look for somebody", EVENTS, Told::read, order.tenant(), after, until, LOT);
      for (Told told : lot) {
        after = told.seq();
        if (who.isConcernedBy(told)) {
          found.add(told.seq());
        }
      }
    } while (lot.size() == LOT);
    return new Found(until, found);
  }

  /// How many values went. If there were none, nothing is written.
  ///
  /// @param found before, by [#look]
  long erase(Found found) throws SQLException {
    erasePeople();
    for (long seq : found.events()) {
      eraseWords(seq - 1, seq);
    }
    eraseWords(found.until(), Long.MAX_VALUE);
    if (values > 0) {
      writeDown();
    }
    return values;
  }

  private void erasePeople() throws SQLException {
    long after = -1;
    List<Known> lot;
    do {
      lot = statements.list(PEOPLE, Known::read, order.tenant(), after, LOT);
      for (Known known : lot) {
        after = known.row();
        if (who.meets(known)) {
          statements.execute(REMOVE_PERSON, known.row());
          values++;
        }
      }
    } while (lot.size() == LOT);
  }

  private void eraseWords(long from, long until) throws SQLException {
    long after = from;
    List<Told> lot;
    do {
      lot = statements.list(EVENTS, Told::read, order.tenant(), after, until, LOT);
      for (Told told : lot) {
        after = told.seq();
        eraseWords(told);
      }
    } while (lot.size() == LOT);
  }

  /// An id is needed to know a repeated event, and stays. One that names the person goes, and one
  /// that is the hash of what was said: whoever guesses that could check the guess.
  private void eraseWords(Told told) throws SQLException {
    if (!who.isConcernedBy(told)) {
      return;
    }
    Optional<String> id = told.disclosure().eventId();
    Optional<JsonObject> said = told.disclosure().said();
    boolean isHash =
        id.isPresent()
            && said.flatMap(words -> words.get(Disclosure.BODY_HASH))
                .filter(new JsonString(id.get())::equals)
                .isPresent();
    boolean isIdGone = who.isInId(told) || isHash;
    if (said.isPresent() || isIdGone) {
      statements.execute(KEEP_ID_ONLY, isIdGone ? null : id.orElse(null), told.seq());
      events++;
      values += (isIdGone ? 1 : 0) + said.map(Erasing::words).orElse(0L);
    }
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
            .put("reason", who.mentions().erasedFrom(order.reason()))
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
    List<String> named = who.pseudonyms().stream().filter(Commitment::is).limit(NAMED_MAX).toList();
    return JsonObject.builder()
        .put("by", salt.seal(by()))
        .put("events_changed", events)
        .put("pseudonyms", JsonArray.ofStrings(named))
        .put("reason", salt.seal(who.mentions().erasedFrom(order.reason())))
        .put(VALUES, values)
        .build();
  }

  /// Who asks; people may ask to be erased themselves.
  private String by() {
    return who.mentions().in("by", new JsonString(order.by())) ? Disclosed.ERASED : order.by();
  }
}
