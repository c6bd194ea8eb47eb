package dev.fedcore.policy;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.policy.Rule.Tightening;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads the tiers of a bundle, and what its rules ask for beyond them.
final class TierReader {

  private static final int NAME_LENGTH_MAX = 64;

  private TierReader() {}

  /// Whether a comment must come with a vote.
  private enum Comment {
    REQUIRED,
    OPTIONAL
  }

  /// Whether the requester may approve, in the words of the format.
  private enum SelfApprovalWord {
    REFUSED,
    OVERRIDE
  }

  static SortedMap<Integer, Tier> read(JsonObject tiers, String pointer, Findings findings) {
    var read = new TreeMap<Integer, Tier>();
    for (Map.Entry<String, JsonValue> entry : tiers.members().entrySet()) {
      String place = JsonPointers.child(pointer, entry.getKey());
      findings
          .attempt(() -> tier(entry.getKey(), entry.getValue(), place))
          .ifPresent(tier -> read.put(tier.number(), tier));
    }
    if (tiers.members().isEmpty()) {
      findings.problem(pointer, "at least one tier must be declared");
    }
    return read;
  }

  private static Tier tier(String key, JsonValue value, String pointer) {
    if (!key.matches("[0-9]")) {
      throw new MalformedInput(pointer, "a tier is a number from 0 to " + PolicyDecision.TIER_MAX);
    }
    JsonFields fields = JsonFields.of(object(value, pointer), pointer);
    String name = fields.string("name", NAME_LENGTH_MAX);
    Optional<ApprovalRequirement> approval =
        fields.optionalObject("approval").map(o -> approval(o, fields.pointer("approval")));
    fields.end();
    return new Tier(Integer.parseInt(key), name, approval);
  }

  private static ApprovalRequirement approval(JsonObject approval, String pointer) {
    JsonFields fields = JsonFields.of(approval, pointer);
    int quorum = (int) fields.integer("quorum", 1, ApprovalRequirement.QUORUM_MAX);
    Set<Role> roles = roles(fields);
    Set<String> approvers = approvers(fields, quorum);
    Duration expiresIn = duration(fields, "expires_in");
    boolean comment = commentRequired(fields);
    SelfApproval self =
        fields.optionalOneOf("self_approval", SelfApprovalWord.class).stream()
                .anyMatch(word -> word == SelfApprovalWord.OVERRIDE)
            ? SelfApproval.WITH_OVERRIDE
            : SelfApproval.REFUSED;
    fields.end();
    return new ApprovalRequirement(quorum, roles, approvers, expiresIn, comment, self);
  }

  /// What a flag rule asks for beyond its tier. That it asks for no less is checked here.
  static Tightening tightening(
      JsonObject require, String pointer, ApprovalRequirement tier, int number) {
    JsonFields fields = JsonFields.of(require, pointer);
    OptionalLong quorum = fields.optionalInteger("quorum", 1, ApprovalRequirement.QUORUM_MAX);
    if (quorum.isPresent() && quorum.getAsLong() < tier.quorum()) {
      throw looser(fields.pointer("quorum"), number, "a quorum of " + tier.quorum());
    }
    if (!tier.approvers().isEmpty() && quorum.orElse(1) > tier.approvers().size()) {
      throw new MalformedInput(
          fields.pointer("quorum"), "is more than the approvers of tier " + number);
    }
    Duration expiresIn =
        fields.has("expires_in") ? duration(fields, "expires_in") : tier.expiresIn();
    if (expiresIn.compareTo(tier.expiresIn()) > 0) {
      throw looser(fields.pointer("expires_in"), number, "at most " + tier.expiresIn());
    }
    boolean comment = commentRequired(fields);
    if (fields.has("comment") && !comment && tier.commentRequired()) {
      throw looser(fields.pointer("comment"), number, "a comment");
    }
    Optional<SelfApprovalWord> self = fields.optionalOneOf("self_approval", SelfApprovalWord.class);
    if (self.equals(Optional.of(SelfApprovalWord.OVERRIDE))
        && tier.selfApproval() == SelfApproval.REFUSED) {
      throw looser(fields.pointer("self_approval"), number, "that it is refused");
    }
    fields.end();
    return new Tightening(
        (int) quorum.orElse(1),
        expiresIn,
        comment,
        self.equals(Optional.of(SelfApprovalWord.REFUSED)));
  }

  private static MalformedInput looser(String pointer, int tier, String asks) {
    return new MalformedInput(
        pointer, "a rule may only tighten; tier %d asks for %s".formatted(tier, asks));
  }

  private static Set<Role> roles(JsonFields fields) {
    List<String> names = fields.strings("roles");
    if (names.isEmpty()) {
      return Set.of(Role.APPROVER);
    }
    var roles = EnumSet.noneOf(Role.class);
    for (String name : names) {
      roles.add(role(name, fields.pointer("roles")));
    }
    return roles;
  }

  private static Role role(String name, String pointer) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new MalformedInput(
                pointer, "there is no role \"" + name + "\"; there are " + knownRoles()));
  }

  private static String knownRoles() {
    return Arrays.stream(Role.values())
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> approvers(JsonFields fields, int quorum) {
    List<String> listed = fields.strings("approvers");
    Set<String> approvers = new HashSet<>(listed);
    if (approvers.size() != listed.size()) {
      throw new MalformedInput(fields.pointer("approvers"), "names somebody twice");
    }
    if (approvers.size() > ApprovalRequirement.APPROVERS_MAX) {
      throw new MalformedInput(
          fields.pointer("approvers"),
          "has more than " + ApprovalRequirement.APPROVERS_MAX + "; use a role");
    }
    if (!approvers.isEmpty() && approvers.size() < quorum) {
      throw new MalformedInput(
          fields.pointer("approvers"), "names fewer people than the quorum of " + quorum);
    }
    return approvers;
  }

  private static boolean commentRequired(JsonFields fields) {
    return fields.optionalOneOf("comment", Comment.class).stream()
        .anyMatch(word -> word == Comment.REQUIRED);
  }

  private static Duration duration(JsonFields fields, String name) {
    String text = fields.string(name);
    String pointer = fields.pointer(name);
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(Duration.ofSeconds(1)) < 0
          || duration.compareTo(ApprovalRequirement.EXPIRES_IN_MAX) > 0) {
        throw new MalformedInput(pointer, "must be from 1 second to 30 days, such as PT4H");
      }
      return duration;
    } catch (DateTimeParseException _) {
      throw new MalformedInput(pointer, "must be an ISO 8601 duration, such as PT4H or P2D");
    }
  }

  static JsonObject object(JsonValue value, String pointer) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new MalformedInput(pointer, "must be an object, is " + value.kind());
  }
}
