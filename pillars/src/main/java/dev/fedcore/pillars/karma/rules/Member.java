package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where one user stands. Immutable.
///
/// @param role what the merit came to at the last event
/// @param actions how often each deed was told
/// @param modules what the events of each source added up to, in rewards
/// @param plans those that are not fulfilled yet
/// @param plansMade in all lives; numbers the plans
/// @param lives how many have ended
/// @param updatedAt the time of the last event
public record Member(
    KarmaRole role,
    Map<Token, Balance> balances,
    Map<PaapClass, Debt> debts,
    Cheats cheats,
    Map<String, Double> actions,
    Map<String, Double> modules,
    List<Plan> plans,
    long plansMade,
    long lives,
    Instant updatedAt) {

  private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();
  private static final double SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  public Member {
    balances = Map.copyOf(balances);
    debts = Map.copyOf(debts);
    actions = Map.copyOf(actions);
    modules = Map.copyOf(modules);
    plans = List.copyOf(plans);
  }

  /// A user of whom nothing was told before.
  static Member unknown(Instant at) {
    return new Member(
        KarmaRole.LEARNER,
        Map.of(),
        Map.of(),
        Cheats.NONE,
        Map.of(),
        Map.of(),
        List.of(),
        0,
        0,
        at);
  }

  /// The same, with the plans named after another user id.
  ///
  /// @param from the user id that they are named after
  public Member withPlansOf(String from, String to) {
    List<Plan> renamed =
        plans.stream()
            .map(plan ->
                new Plan(to + plan.id().substring(from.length()), plan.offence(), plan.done()))
            .toList();
    return new Member(
        role, balances, debts, cheats, actions, modules, renamed, plansMade, lives, updatedAt);
  }

  /// How much of one token there is.
  ///
  /// @param creditedAt when something was last added
  /// @param asOf until when the decay was taken off
  public record Balance(double amount, Instant creditedAt, Instant asOf) {

    /// What is left of it at a later time; empty when it has expired.
    Optional<Balance> aged(Token token, Instant now) {
      if (token.isExpiredAfter(Duration.between(creditedAt, now))) {
        return Optional.empty();
      }
      Duration passed = Duration.between(asOf, now);
      double days = (passed.getSeconds() + passed.getNano() / SECOND_NANOS) / DAY_SECONDS;
      double kept = StrictMath.pow(1 - token.decayPerDay(), days);
      return Optional.of(new Balance(amount * kept, creditedAt, now));
    }
  }

  /// Offences of one class that were not made good.
  ///
  /// @param units how many; a fraction when some of it was lifted
  public record Debt(double units, Instant lastAt) {}

  /// How many cheats there were in a row.
  public record Cheats(long count, Instant lastAt) {

    static final Cheats NONE = new Cheats(0, Instant.EPOCH);

    boolean areForgotten(Instant now) {
      return count > 0 && Duration.between(lastAt, now).compareTo(Penalty.RESET_AFTER) > 0;
    }
  }

  /// How an offence can be made good.
  ///
  /// @param done how much of each rite
  public record Plan(String id, Offence offence, Map<Rite, Double> done) {

    public Plan {
      done = Map.copyOf(done);
    }

    /// How much of `rite` is left to do.
    double left(Rite rite) {
      return Math.max(0, offence.paap().required(rite) - done.getOrDefault(rite, 0.0));
    }

    boolean isFulfilled() {
      return Arrays.stream(Rite.values()).allMatch(rite -> left(rite) == 0);
    }
  }

  /// The balance of a token; 0 when there is none.
  double amount(Token token) {
    Balance balance = balances.get(token);
    return balance == null ? 0 : balance.amount();
  }

  double units(PaapClass type) {
    Debt debt = debts.get(type);
    return debt == null ? 0 : debt.units();
  }

  /// Dharma + 1.2 Seva + 3 Punya.
  public double merit() {
    double merit = 0;
    for (Token token : Token.values()) {
      merit += amount(token) * token.meritWeight();
    }
    return merit;
  }

  /// What the debts take off: minor 1, medium 2.5, maha 5 each.
  public double paap() {
    double paap = 0;
    for (PaapClass type : PaapClass.values()) {
      paap += units(type) * type.weight();
    }
    return paap;
  }

  /// Merit less debts.
  public double netKarma() {
    return merit() - paap();
  }

  /// The net karma, and what else counts with its weight.
  public double weightedScore() {
    double score = netKarma();
    for (Token token : Token.values()) {
      score += amount(token) * token.scoreWeight();
    }
    return score;
  }

  /// How this user stands at `now` if nothing more is told until then.
  public Member asOf(Instant now) {
    return now.isAfter(updatedAt) ? new Draft(QTable.ZERO, this, now).member() : this;
  }

  /// What is kept of this user.
  public JsonObject json() {
    return MemberJson.write(this);
  }

  /// The user of whom [#json()] was kept.
  public static Member of(JsonObject json) {
    return MemberJson.read(json);
  }
}
