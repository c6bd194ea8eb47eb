package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.pillars.karma.rules.Member.Balance;
import dev.fedcore.pillars.karma.rules.Member.Cheats;
import dev.fedcore.pillars.karma.rules.Member.Debt;
import dev.fedcore.pillars.karma.rules.Member.Plan;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A member as it is kept. Doubles come back as they went in.
final class MemberJson {

  private static final String LAST_AT = "last_at";

  private MemberJson() {}

  static JsonObject write(Member member) {
    return JsonObject.builder()
        .put("role", member.role().text())
        .put("balances", balances(member.balances()))
        .put("debts", debts(member.debts()))
        .put("cheats", cheats(member.cheats()))
        .put("actions", Numbers.json(member.actions()))
        .put("modules", Numbers.json(member.modules()))
        .put("plans", new JsonArray(member.plans().stream().map(MemberJson::plan).toList()))
        .put("plans_made", member.plansMade())
        .put("lives", member.lives())
        .put("updated_at", member.updatedAt().toString())
        .build();
  }

  static Member read(JsonObject json) {
    var fields = JsonFields.of(json, "");
    return new Member(
        KarmaRole.named(fields.string("role")).orElseThrow(),
        balances(fields.object("balances")),
        debts(fields.object("debts")),
        cheats(fields.object("cheats")),
        Numbers.all(fields.object("actions")),
        Numbers.all(fields.object("modules")),
        plans(fields.array("plans")),
        fields.integer("plans_made", 0, JsonNumber.INTEGER_MAX),
        fields.integer("lives", 0, JsonNumber.INTEGER_MAX),
        Instant.parse(fields.string("updated_at")));
  }

  private static JsonObject balances(Map<Token, Balance> balances) {
    var json = JsonObject.builder();
    balances.forEach((token, balance) ->
        json.put(
            token.text(),
            JsonObject.builder()
                .put("amount", JsonNumber.of(balance.amount()))
                .put("credited_at", balance.creditedAt().toString())
                .put("as_of", balance.asOf().toString())
                .build()));
    return json.build();
  }

  private static Map<Token, Balance> balances(JsonObject json) {
    var balances = new EnumMap<Token, Balance>(Token.class);
    json.members()
        .forEach((name, value) -> {
          var fields = JsonFields.of((JsonObject) value, "");
          balances.put(
              Token.named(name).orElseThrow(),
              new Balance(
                  Numbers.at((JsonObject) value, "amount"),
                  Instant.parse(fields.string("credited_at")),
                  Instant.parse(fields.string("as_of"))));
        });
    return balances;
  }

  private static JsonObject debts(Map<PaapClass, Debt> debts) {
    var json = JsonObject.builder();
    debts.forEach((type, debt) ->
        json.put(
            type.text(),
            JsonObject.builder()
                .put("units", JsonNumber.of(debt.units()))
                .put(LAST_AT, debt.lastAt().toString())
                .build()));
    return json.build();
  }

  private static Map<PaapClass, Debt> debts(JsonObject json) {
    var debts = new EnumMap<PaapClass, Debt>(PaapClass.class);
    json.members()
        .forEach((name, value) -> {
          var fields = JsonFields.of((JsonObject) value, "");
          debts.put(
              PaapClass.named(name).orElseThrow(),
              new Debt(
                  Numbers.at((JsonObject) value, "units"), Instant.parse(fields.string(LAST_AT))));
        });
    return debts;
  }

  private static JsonObject cheats(Cheats cheats) {
    return JsonObject.builder()
        .put("count", cheats.count())
        .put(LAST_AT, cheats.lastAt().toString())
        .build();
  }

  private static Cheats cheats(JsonObject json) {
    var fields = JsonFields.of(json, "");
    return new Cheats(
        fields.integer("count", 0, JsonNumber.INTEGER_MAX), Instant.parse(fields.string(LAST_AT)));
  }

  private static JsonValue plan(Plan plan) {
    var done = JsonObject.builder();
    plan.done().forEach((rite, amount) -> done.put(rite.text(), JsonNumber.of(amount)));
    return JsonObject.builder()
        .put("plan_id", plan.id())
        .put("offence", plan.offence().text())
        .put("done", done.build())
        .build();
  }

  private static List<Plan> plans(List<JsonValue> items) {
    return items.stream()
        .map(item -> {
          var fields = JsonFields.of((JsonObject) item, "");
          var done = new EnumMap<Rite, Double>(Rite.class);
          Numbers.all(fields.object("done"))
              .forEach((name, amount) -> done.put(Rite.named(name).orElseThrow(), amount));
          return new Plan(
              fields.string("plan_id"),
              Offence.named(fields.string("offence")).orElseThrow(),
              done);
        })
        .toList();
  }
}
