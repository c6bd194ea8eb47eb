package dev.fedcore.pillars.karma.rules;

import dev.fedcore.pillars.karma.rules.Member.Balance;
import dev.fedcore.pillars.karma.rules.Member.Cheats;
import dev.fedcore.pillars.karma.rules.Member.Debt;
import dev.fedcore.pillars.karma.rules.Member.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One event's work on a member and the table. Whatever it sets, it also writes down as a change.
/// For one thread.
final class Draft {

  private static final String DECAY = "decay";
  private static final String EXPIRY = "expiry";

  private final Instant at;
  private final EnumMap<Token, Balance> balances = new EnumMap<>(Token.class);
  private final EnumMap<PaapClass, Debt> debts = new EnumMap<>(PaapClass.class);
  private final TreeMap<String, Double> actions;
  private final TreeMap<String, Double> modules;
  private final ArrayList<Plan> plans;
  private final ArrayList<Change> changes = new ArrayList<>();
  private QTable table;
  private KarmaRole role;
  private Cheats cheats;
  private long plansMade;
  private long lives;

  /// Begins with `member` as it stands at `at`: decayed, and without what has expired.
  Draft(QTable table, Member member, Instant at) {
    this.at = at;
    this.table = table;
    this.role = member.role();
    this.balances.putAll(member.balances());
    this.debts.putAll(member.debts());
    this.cheats = member.cheats();
    this.actions = new TreeMap<>(member.actions());
    this.modules = new TreeMap<>(member.modules());
    this.plans = new ArrayList<>(member.plans());
    this.plansMade = member.plansMade();
    this.lives = member.lives();
    age();
  }

  private void age() {
    for (Token token : List.copyOf(balances.keySet())) {
      Optional<Balance> old = Optional.ofNullable(balances.get(token));
      Optional<Balance> aged = old.flatMap(balance -> balance.aged(token, at));
      setBalance(token, aged, aged.isPresent() ? DECAY : EXPIRY);
    }
    for (PaapClass type : List.copyOf(debts.keySet())) {
      Debt debt = debts.get(type);
      if (debt != null && type.isExpiredAfter(Duration.between(debt.lastAt(), at))) {
        setDebt(type, Optional.empty(), EXPIRY);
      }
    }
    if (cheats.areForgotten(at)) {
      setCheats(Cheats.NONE, EXPIRY);
    }
    settleRole(DECAY);
  }

  KarmaRole role() {
    return role;
  }

  Cheats cheats() {
    return cheats;
  }

  List<Plan> plans() {
    return List.copyOf(plans);
  }

  QTable table() {
    return table;
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  Member member() {
    return new Member(role, balances, debts, cheats, actions, modules, plans, plansMade, lives, at);
  }

  void credit(Token token, double amount, String why) {
    Balance old = balances.get(token);
    double before = old == null ? 0 : old.amount();
    setBalance(token, Optional.of(new Balance(before + amount, at, at)), why);
  }

  double amount(Token token) {
    return member().amount(token);
  }

  /// Takes off a balance; how long it lasts does not begin anew.
  void debit(Token token, double amount, String why) {
    Balance old = balances.get(token);
    if (old != null) {
      setBalance(token, Optional.of(new Balance(old.amount() - amount, old.creditedAt(), at)), why);
    }
  }

  void clear(Token token, String why) {
    setBalance(token, Optional.empty(), why);
  }

  void owe(PaapClass type) {
    Debt old = debts.get(type);
    double before = old == null ? 0 : old.units();
    setDebt(type, Optional.of(new Debt(before + 1, at)), "debt");
  }

  /// Takes units off a debt, down to none.
  void lift(PaapClass type, double units, String why) {
    Debt old = debts.get(type);
    if (old != null) {
      double left = old.units() - units;
      setDebt(type, left > 0 ? Optional.of(new Debt(left, old.lastAt())) : Optional.empty(), why);
    }
  }

  Penalty cheat() {
    setCheats(new Cheats(cheats.count() + 1, at), "penalty");
    return Penalty.ofCount(cheats.count());
  }

  void forgetCheats(String why) {
    setCheats(Cheats.NONE, why);
  }

  void learn(KarmaRole state, Action action, double reward) {
    QTable after = table.learned(state, action, reward, KarmaRole.ofMerit(member().merit()));
    String what = "q." + state.text() + "." + action.text();
    note(Change.of(what, table.value(state, action), after.value(state, action), "learning"));
    table = after;
  }

  void count(String deed) {
    tally(actions, "action_stats." + deed, deed, 1);
  }

  void score(String source, double reward) {
    tally(modules, "module_scores." + source, source, reward);
  }

  Plan plan(String userId, Offence offence) {
    plansMade++;
    var plan = new Plan("%s_%s_%d".formatted(userId, offence.text(), plansMade), offence, Map.of());
    plans.add(plan);
    note(Change.of("plans." + plan.id(), "none", "open", "appeal"));
    return plan;
  }

  /// Adds to what was done of a plan, and ends it once nothing is left to do.
  Plan atone(Plan plan, Rite rite, double amount) {
    var done = new EnumMap<Rite, Double>(Rite.class);
    done.putAll(plan.done());
    double before = done.getOrDefault(rite, 0.0);
    done.put(rite, before + amount);
    var after = new Plan(plan.id(), plan.offence(), done);
    String what = "plans." + plan.id();
    note(Change.of(what + "." + rite.text(), before, before + amount, "atonement"));
    if (after.isFulfilled()) {
      plans.remove(plan);
      note(Change.of(what, "open", "fulfilled", "atonement"));
    } else {
      plans.set(plans.indexOf(plan), after);
    }
    return after;
  }

  void dropPlans(String why) {
    plans.forEach(plan -> note(Change.of("plans." + plan.id(), "open", "dropped", why)));
    plans.clear();
  }

  void endLife() {
    note(Change.of("lives", (double) lives, (double) lives + 1, "death"));
    lives++;
  }

  /// Makes the role what the merit comes to.
  void settleRole(String why) {
    KarmaRole reached = KarmaRole.ofMerit(member().merit());
    note(Change.of("role", role.text(), reached.text(), why));
    role = reached;
  }

  private void setBalance(Token token, Optional<Balance> after, String why) {
    Balance old = balances.remove(token);
    after.ifPresent(balance -> balances.put(token, balance));
    note(
        Change.of(
            "balances." + token.text(),
            old == null ? 0 : old.amount(),
            after.map(Balance::amount).orElse(0.0),
            why));
  }

  private void setDebt(PaapClass type, Optional<Debt> after, String why) {
    Debt old = debts.remove(type);
    after.ifPresent(debt -> debts.put(type, debt));
    note(
        Change.of(
            "paap." + type.text(),
            old == null ? 0 : old.units(),
            after.map(Debt::units).orElse(0.0),
            why));
  }

  private void setCheats(Cheats after, String why) {
    note(Change.of("cheats_in_period", (double) cheats.count(), (double) after.count(), why));
    cheats = after;
  }

  private void tally(Map<String, Double> sums, String what, String name, double added) {
    double before = sums.getOrDefault(name, 0.0);
    sums.put(name, before + added);
    note(Change.of(what, before, before + added, "count"));
  }

  private void note(Change change) {
    if (change.isReal()) {
      changes.add(change);
    }
  }
}
