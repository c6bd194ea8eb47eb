package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.pillars.karma.people.Disclosure;
import dev.fedcore.pillars.karma.people.Opening;
import dev.fedcore.pillars.karma.people.Person;
import dev.fedcore.pillars.karma.people.Salt;
import dev.fedcore.pillars.karma.people.Sealed;
import dev.fedcore.pillars.karma.rules.Member;
import dev.fedcore.pillars.karma.rules.QTable;
import dev.fedcore.pillars.karma.rules.Ruling.Refusal;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes events with all that follows from them, for the one thread that writes. An event is read,
/// judged and written in one transaction, after every event before it; so is an erasure.
final class KarmaSession {

  /// How many rows an event writes: itself, its outcome, its disclosure, the member and the table.
  static final int ROWS = 5;

  private static final String KNOWN =
      """
      SELECT event.body, outcome.answer, person.user_id,
             disclosure.event_id, disclosure.salt, disclosure.said
        FROM disclosure JOIN event USING (seq) JOIN outcome USING (seq)
             LEFT JOIN person
                    ON person.tenant = event.tenant AND person.pseudonym = event.user_id
       WHERE disclosure.tenant = ? AND disclosure.event_id = ?
      """;

  private static final String PERSON =
      """
      SELECT pseudonym
        FROM person
       WHERE tenant = ? AND user_id = ?
      """;

  private static final String ADD_PERSON =
      """
      INSERT INTO person (tenant, user_id, pseudonym, salt)
      VALUES (?, ?, ?, ?)
      """;

  private static final String MEMBER =
      """
      SELECT body
        FROM member
       WHERE tenant = ? AND user_id = ?
      """;

  private static final String Q_TABLE =
      """
      SELECT body
        FROM q_table
       WHERE tenant = ?
      """;

  private static final String PUT_MEMBER =
      """
      INSERT INTO member (tenant, user_id, role, body)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (tenant, user_id) DO UPDATE SET role = excluded.role, body = excluded.body
      """;

  private static final String PUT_Q_TABLE =
      """
      INSERT INTO q_table (tenant, updated_at, body)
      VALUES (?, ?, ?)
      ON CONFLICT (tenant) DO UPDATE SET updated_at = excluded.updated_at, body = excluded.body
      """;

  private final Statements statements;
  private final Chain chain;
  private final SecureRandom random;
  private final Tally.Counter counter;

  KarmaSession(Connection connection, SecureRandom random, Tally tally) throws SQLException {
    this.statements = new Statements(connection);
    this.chain = new Chain(statements);
    this.random = random;
    this.counter = tally.counter(statements);
  }

  /// The person is looked up here and not before: an erasure may be the change before this one.
  Telling tell(Submission submission) throws SQLException {
    if (submission.eventId().isPresent()) {
      Optional<Telling> before = toldBefore(submission, submission.eventId().get());
      if (before.isPresent()) {
        return before.get();
      }
    }
    Person person = person(submission.tenant(), submission.userId());
    Optional<Member> member =
        statements.first(
            MEMBER,
            row -> Member.of(json(row.getBytes(1))),
            submission.tenant(),
            person.pseudonym());
    QTable table =
        statements
            .first(Q_TABLE, row -> QTable.of(json(row.getBytes(1))), submission.tenant())
            .orElse(QTable.ZERO);
    Salt salt = Salt.drawn(random);
    String id = submission.eventId().orElseGet(() -> freshId(random));
    Sealed sealed = Sealed.of(submission.data(), person, plans(member), salt);
    EventRecord event = submission.at(chain.next(), sealed.hashed(), id, salt);
    Disclosure disclosure =
        Disclosure.of(
            id,
            salt,
            sealed.said().with(Disclosure.BODY_HASH, new JsonString(submission.bodyHash())));
    Opening opening = event.opening(Optional.of(person.userId()), disclosure);
    return switch (Derivation.of(event, table, member)) {
      case Derivation.Impossible(var refusal) -> new Telling.Refused(shown(refusal, opening));
      case Derivation.Derived derived -> {
        keep(person, event, disclosure, derived);
        count(event, member, derived);
        yield new Telling.Recorded(opening.of(derived.answer()));
      }
    };
  }

  /// How much a tenant has, once what was told is committed.
  Tally.Counts counts(String tenant) {
    return counter.counts(tenant);
  }

  /// Erases a person, and says how many values went.
  ///
  /// @param found before, by [Erasing#look]
  long erase(Erasing.Order order, Erasing.Found found) throws SQLException {
    return new Erasing(statements, chain, random, order).erase(found);
  }

  private Optional<Telling> toldBefore(Submission submission, String id) throws SQLException {
    return statements.first(
        KNOWN,
        row -> {
          EventRecord first = EventRecord.read(row.getBytes(1));
          Optional<String> userId = Optional.ofNullable(row.getString(3));
          Disclosure disclosure = Chain.disclosure(row, 4);
          return submission.isAgain(first, disclosure.salt(), userId)
              ? new Telling.Repeated(first.opening(userId, disclosure).of(json(row.getBytes(2))))
              : new Telling.IdReused(id);
        },
        submission.tenant(),
        id);
  }

  /// Who is known by that name, or somebody new.
  private Person person(String tenant, String userId) throws SQLException {
    return statements
        .first(PERSON, row -> Person.known(userId, row.getString(1)), tenant, userId)
        .orElseGet(() -> Person.met(userId, Salt.drawn(random)));
  }

  private static Set<String> plans(Optional<Member> member) {
    return member.stream()
        .flatMap(known -> known.plans().stream())
        .map(Member.Plan::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What an event is called that nobody named. By chance, so that it says nothing of the event.
  static String freshId(SecureRandom random) {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Refusal shown(Refusal refusal, Opening opening) {
    return switch (refusal) {
      case Refusal.UnknownUser(String userId) -> new Refusal.UnknownUser(opening.of(userId));
      case Refusal.UnknownPlan(String planId, var open) ->
          new Refusal.UnknownPlan(opening.of(planId), open.stream().map(opening::of).toList());
      case Refusal.PlanIsOpen(String planId) -> new Refusal.PlanIsOpen(opening.of(planId));
      case Refusal.NothingToAppeal _, Refusal.BalanceTooLow _ -> refusal;
    };
  }

  private void keep(
      Person person, EventRecord event, Disclosure disclosure, Derivation.Derived derived)
      throws SQLException {
    if (person.unkept().isPresent()) {
      byte[] salt = person.unkept().get().bytes();
      statements.execute(ADD_PERSON, event.tenant(), person.userId(), person.pseudonym(), salt);
    }
    chain.append(event, disclosure, derived);
    if (derived.member().isPresent()) {
      Member member = derived.member().get();
      byte[] kept = member.json().canonicalBytes();
      statements.execute(
          PUT_MEMBER, event.tenant(), person.pseudonym(), member.role().text(), kept);
    }
    byte[] table = derived.table().json().canonicalBytes();
    statements.execute(PUT_Q_TABLE, event.tenant(), event.at().toString(), table);
  }

  private void count(EventRecord event, Optional<Member> before, Derivation.Derived derived) {
    counter.event(event.tenant(), event.type().text());
    derived
        .member()
        .ifPresent(after ->
            counter.member(
                event.tenant(), before.map(known -> known.role().text()), after.role().text()));
  }

  /// An object that was kept here.
  static JsonObject json(byte[] bytes) {
    return JsonReader.readObject(bytes, JsonLimits.DEFAULT);
  }
}
