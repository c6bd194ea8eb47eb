package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/// How a member stands, in the shapes that are answered.
public final class Standing {

  /// From this net karma on a life leads to Swarga.
  private static final double SWARGA_MIN = 500;

  /// From 0 on it leads back to Mrityuloka, from here on to Antarloka, below to Naraka.
  private static final double ANTARLOKA_MIN = -200;

  /// At this much Prarabdha karma, or less, a life is due to end.
  private static final double DEATH_PRARABDHA = -100;

  private Standing() {}

  /// Where a life leads that ends with this net karma.
  static String loka(double netKarma) {
    if (netKarma >= SWARGA_MIN) {
      return "Swarga";
    }
    if (netKarma >= 0) {
      return "Mrityuloka";
    }
    return netKarma >= ANTARLOKA_MIN ? "Antarloka" : "Naraka";
  }

  /// Whether so much was carried over from earlier lives that this one is due to end.
  static boolean isDeathDue(Member member) {
    return member.amount(Token.PRARABDHA_KARMA) <= DEATH_PRARABDHA;
  }

  /// What one user has of each token.
  public static JsonObject balance(String userId, Member member) {
    return JsonObject.builder()
        .put("user_id", userId)
        .put("balances", balances(member))
        .put("merit_score", JsonNumber.of(member.merit()))
        .put("net_karma", JsonNumber.of(member.netKarma()))
        .build();
  }

  /// What one user carries from earlier lives.
  public static JsonObject prarabdha(String userId, Member member) {
    return JsonObject.builder()
        .put("user_id", userId)
        .put("prarabdha", JsonNumber.of(member.amount(Token.PRARABDHA_KARMA)))
        .put("death_threshold", JsonNumber.of(DEATH_PRARABDHA))
        .put("death_threshold_reached", isDeathDue(member))
        .put("lives", member.lives())
        .build();
  }

  /// The open plans of one user, with what is left to do.
  public static JsonObject plans(String userId, Member member) {
    return JsonObject.builder()
        .put("user_id", userId)
        .put("plans", new JsonArray(member.plans().stream().map(Standing::plan).toList()))
        .build();
  }

  /// The figures of one user.
  public static JsonObject stats(String userId, Member member) {
    double total = member.actions().values().stream().mapToDouble(count -> count).sum();
    return JsonObject.builder()
        .put("user_id", userId)
        .put("role", member.role().text())
        .put("merit_score", JsonNumber.of(member.merit()))
        .put("paap_score", JsonNumber.of(member.paap()))
        .put("net_karma", JsonNumber.of(member.netKarma()))
        .put("loka", loka(member.netKarma()))
        .put("total_actions", JsonNumber.of(total))
        .put("action_stats", Numbers.json(member.actions()))
        .put("cheats_in_period", member.cheats().count())
        .put("lives", member.lives())
        .put("death_threshold_reached", isDeathDue(member))
        .put("last_updated", member.updatedAt().toString())
        .build();
  }

  /// Everything there is to know of one user, without the changes that led here.
  ///
  /// @param member as it stands at the time of asking
  /// @param lastUpdated the time of the last event
  public static JsonObject profile(String userId, Member member, String lastUpdated) {
    return JsonObject.builder()
        .put("user_id", userId)
        .put("role", member.role().text())
        .put("merit_score", JsonNumber.of(member.merit()))
        .put("paap_score", JsonNumber.of(member.paap()))
        .put("net_karma", JsonNumber.of(member.netKarma()))
        .put("weighted_karma_score", JsonNumber.of(member.weightedScore()))
        .put("balances", balances(member))
        .put("action_stats", Numbers.json(member.actions()))
        .put("module_scores", Numbers.json(member.modules()))
        .put("plans", new JsonArray(member.plans().stream().map(Standing::plan).toList()))
        .put("corrective_guidance", guidance(member))
        .put("lives", member.lives())
        .put("last_updated", lastUpdated)
        .build();
  }

  /// A plan, with what is left to do.
  static JsonValue plan(Member.Plan plan) {
    var required = JsonObject.builder();
    var left = JsonObject.builder();
    for (Rite rite : Rite.values()) {
      required.put(rite.text(), JsonNumber.of(plan.offence().paap().required(rite)));
      left.put(rite.text(), JsonNumber.of(plan.left(rite)));
    }
    return JsonObject.builder()
        .put("plan_id", plan.id())
        .put("action", plan.offence().text())
        .put("severity", plan.offence().paap().text())
        .put("requirements", required.build())
        .put("left", left.build())
        .put("status", plan.isFulfilled() ? "fulfilled" : "open")
        .build();
  }

  private static JsonObject balances(Member member) {
    var balances = JsonObject.builder();
    for (Token token : Token.values()) {
      balances.put(token.text(), JsonNumber.of(member.amount(token)));
    }
    var paap = JsonObject.builder();
    for (PaapClass type : PaapClass.values()) {
      paap.put(type.text(), JsonNumber.of(member.units(type)));
    }
    return balances.put("PaapTokens", paap.build()).build();
  }

  private static JsonArray guidance(Member member) {
    var advice = new ArrayList<JsonValue>();
    member.plans().forEach(plan -> advice.add(new JsonString("fulfil the plan " + plan.id())));
    for (Offence offence : Offence.values()) {
      if (canAppeal(member, offence)) {
        advice.add(new JsonString("appeal " + offence.text() + " to get a plan"));
      }
    }
    return new JsonArray(List.copyOf(advice));
  }

  /// Whether there is a debt from such an offence, and no plan for it yet.
  private static boolean canAppeal(Member member, Offence offence) {
    return member.units(offence.paap()) > 0
        && member.actions().containsKey(offence.text())
        && member.plans().stream().noneMatch(plan -> plan.offence() == offence);
  }
}
