package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.pillars.karma.rules.Member.Plan;
import dev.fedcore.pillars.karma.rules.Ruling.Applied;
import dev.fedcore.pillars.karma.rules.Ruling.Refusal;
import dev.fedcore.pillars.karma.rules.Ruling.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What follows from one observation. Total, and the same for the same arguments.
public final class Rules {

  /// How much of the merit a new life begins with.
  private static final double MERIT_CARRIED = 0.1;

  /// How much of the debts.
  private static final double PAAP_CARRIED = 0.3;

  private Rules() {}

  /// One observation, as it was accepted.
  ///
  /// @param at when, by the server's clock; never earlier than the one before
  /// @param source who told it
  public record Told(Instant at, String source, Observation observation) {}

  /// Applies it.
  ///
  /// @param known the user it is about, if anything was told of that one before
  public static Ruling apply(QTable table, Optional<Member> known, Told told) {
    if (told.observation() instanceof Observation.LifeEvent life) {
      Member member = known.orElseGet(() -> Member.unknown(told.at()));
      return lifeEvent(new Draft(table, member, told.at()), life, told.source());
    }
    if (known.isEmpty()) {
      return new Refused(new Refusal.UnknownUser(told.observation().userId()));
    }
    var draft = new Draft(table, known.get(), told.at());
    return switch (told.observation()) {
      case Observation.LifeEvent life -> lifeEvent(draft, life, told.source());
      case Observation.Atonement atonement -> atonement(draft, atonement);
      case Observation.Appeal appeal -> appeal(draft, appeal);
      case Observation.DeathEvent death -> death(draft, death);
      case Observation.Redemption redemption -> redemption(draft, redemption);
      case Observation.StatsRequest(String userId) ->
          new Applied(
              table,
              known.get(),
              List.of(),
              Standing.stats(userId, draft.member()),
              "these are the figures; nothing was changed");
    };
  }

  private static Ruling lifeEvent(Draft draft, Observation.LifeEvent life, String source) {
    KarmaRole state = life.role().orElse(draft.role());
    var answer =
        JsonObject.builder()
            .put("user_id", life.userId())
            .put("action", life.deed().text())
            .put("current_role", state.text())
            .put("note", life.note());
    if (life.deed().action().isPresent()) {
      act(draft, state, life.deed().action().get(), source, answer);
    }
    if (life.deed().offence().isPresent()) {
      PaapClass type = life.deed().offence().get().paap();
      draft.owe(type);
      answer.put("paap_severity", type.text()).put("paap_generated", 1);
    }
    draft.count(life.deed().text());
    draft.settleRole("merit");
    Member member = draft.member();
    answer
        .put("predicted_next_role", member.role().text())
        .put("merit_score", JsonNumber.of(member.merit()))
        .put("net_karma", JsonNumber.of(member.netKarma()))
        .put(
            "action_flow",
            "%s -> %s -> %s".formatted(state.text(), life.deed().text(), member.role().text()));
    return applied(draft, answer.build(), "the life event was recorded");
  }

  /// Credits the action's reward, then learns from it: the next state is the role that the merit
  /// has with the reward.
  private static void act(
      Draft draft, KarmaRole state, Action action, String source, JsonObject.Builder answer) {
    answer.put("intent", action.intent());
    double reward;
    if (action == Action.CHEAT) {
      Penalty penalty = draft.cheat();
      reward = penalty.points();
      draft.credit(action.token(), reward, "penalty");
      answer
          .put("penalty_token", action.token().text())
          .put("penalty_value", JsonNumber.of(reward))
          .put("penalty_level", penalty.level())
          .put("penalty_name", penalty.name())
          .put("cheats_in_period", draft.cheats().count());
    } else {
      reward = action.reward();
      draft.credit(action.token(), reward, "reward");
      answer
          .put("reward_token", action.token().text())
          .put("reward_value", JsonNumber.of(reward))
          .put("reward_tier", action.token().tier());
    }
    draft.learn(state, action, reward);
    draft.score(source, reward);
  }

  private static Ruling appeal(Draft draft, Observation.Appeal appeal) {
    Optional<Plan> open =
        draft.plans().stream().filter(plan -> plan.offence() == appeal.offence()).findFirst();
    if (open.isPresent()) {
      return new Refused(new Refusal.PlanIsOpen(open.get().id()));
    }
    Member member = draft.member();
    boolean told = member.actions().containsKey(appeal.offence().text());
    if (!told || member.units(appeal.offence().paap()) == 0) {
      return new Refused(new Refusal.NothingToAppeal(appeal.offence()));
    }
    Plan plan = draft.plan(appeal.userId(), appeal.offence());
    var answer =
        JsonObject.builder().put("user_id", appeal.userId()).put("plan", Standing.plan(plan));
    return applied(draft, answer.build(), "the appeal has a plan; atone to fulfil it");
  }

  private static Ruling atonement(Draft draft, Observation.Atonement atonement) {
    Optional<Plan> open =
        draft.plans().stream().filter(plan -> plan.id().equals(atonement.planId())).findFirst();
    if (open.isEmpty()) {
      var ids = draft.plans().stream().map(Plan::id).toList();
      return new Refused(new Refusal.UnknownPlan(atonement.planId(), ids));
    }
    Plan after = draft.atone(open.get(), atonement.rite(), atonement.amount());
    if (after.isFulfilled()) {
      PaapClass type = after.offence().paap();
      draft.lift(type, type.unitsLifted(), "atonement");
    }
    var answer =
        JsonObject.builder()
            .put("user_id", atonement.userId())
            .put("plan", Standing.plan(after))
            .put("paap_score", JsonNumber.of(draft.member().paap()));
    return applied(
        draft,
        answer.build(),
        after.isFulfilled() ? "the plan is fulfilled" : "recorded; more is left to do");
  }

  private static Ruling death(Draft draft, Observation.DeathEvent death) {
    String why = "death";
    Member ended = draft.member();
    double merit = Math.max(0, ended.merit()) * MERIT_CARRIED;
    double paap = ended.paap() * PAAP_CARRIED;
    for (Token token : Token.values()) {
      if (token != Token.SANCHITA_KARMA && token != Token.PRARABDHA_KARMA) {
        draft.clear(token, why);
      }
    }
    for (PaapClass type : PaapClass.values()) {
      draft.lift(type, ended.units(type), why);
    }
    draft.credit(Token.SANCHITA_KARMA, merit, why);
    draft.credit(Token.PRARABDHA_KARMA, -paap, why);
    draft.forgetCheats(why);
    draft.dropPlans(why);
    draft.endLife();
    draft.settleRole(why);
    var answer =
        JsonObject.builder()
            .put("user_id", death.userId())
            .put("loka", Standing.loka(ended.netKarma()))
            .put("net_karma", JsonNumber.of(ended.netKarma()))
            .put(
                "carried_over",
                JsonObject.builder()
                    .put(Token.SANCHITA_KARMA.text(), JsonNumber.of(merit))
                    .put(Token.PRARABDHA_KARMA.text(), JsonNumber.of(-paap))
                    .build());
    return applied(draft, answer.build(), "the life has ended; the next one begins");
  }

  /// Merit is counted from what there is, so that spending may cost the role.
  private static Ruling redemption(Draft draft, Observation.Redemption redemption) {
    String why = "redemption";
    Token token = redemption.token();
    double available = draft.amount(token);
    if (redemption.amount() > available) {
      return new Refused(new Refusal.BalanceTooLow(token, available));
    }
    draft.debit(token, redemption.amount(), why);
    draft.settleRole(why);
    Member member = draft.member();
    var answer =
        JsonObject.builder()
            .put("user_id", redemption.userId())
            .put("token", token.text())
            .put("amount", JsonNumber.of(redemption.amount()))
            .put("balance", JsonNumber.of(member.amount(token)))
            .put("merit_score", JsonNumber.of(member.merit()))
            .put("current_role", member.role().text());
    return applied(draft, answer.build(), "the tokens were redeemed");
  }

  private static Ruling applied(Draft draft, JsonObject answer, String message) {
    return new Applied(draft.table(), draft.member(), draft.changes(), answer, message);
  }
}
