package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What Karma would say about a user to whoever asks: advice that can only make somebody stricter,
/// and that nobody is sent.
public enum Signal {
  /// A life that would lead back, or to Swarga.
  ALLOW("K0"),
  /// One that would lead to Antarloka.
  NUDGE("K1"),
  /// One that would lead to Naraka.
  RESTRICT("K2"),
  /// So much Prarabdha karma that a life is due to end: a person should look.
  ESCALATE("K3");

  /// How long it holds, in seconds.
  private static final long TTL_SECONDS = 300;

  /// The net karma below 0 at which the severity is 1, like the border of Naraka.
  private static final double SEVERE = 200;

  private final String reasonCode;

  Signal(String reasonCode) {
    this.reasonCode = reasonCode;
  }

  /// For what a signal may be asked.
  public enum Context {
    ASSISTANT,
    GAME,
    FINANCE,
    GURUKUL,
    INFRA,
    WORKFLOW;

    /// All of them, as they are written.
    public static final List<String> TEXTS = Arrays.stream(values()).map(Context::text).toList();

    /// The context that is written like this.
    public static Optional<Context> named(String text) {
      return Arrays.stream(values()).filter(context -> context.text().equals(text)).findFirst();
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The signal about a user.
  ///
  /// @param member as it stands at the time of asking
  public static JsonObject json(String userId, Member member, Context context) {
    Signal signal = of(member);
    return JsonObject.builder()
        .put("subject_id", userId)
        .put("product_context", context.text())
        .put("signal", signal.name().toLowerCase(Locale.ROOT))
        .put("severity", JsonNumber.of(severity(signal, member)))
        .put("ttl", TTL_SECONDS)
        .put("requires_core_ack", true)
        .put("opaque_reason_code", signal.reasonCode)
        .build();
  }

  private static Signal of(Member member) {
    if (Standing.isDeathDue(member)) {
      return ESCALATE;
    }
    return switch (Standing.loka(member.netKarma())) {
      case "Naraka" -> RESTRICT;
      case "Antarloka" -> NUDGE;
      default -> ALLOW;
    };
  }

  private static double severity(Signal signal, Member member) {
    return switch (signal) {
      case ALLOW -> 0;
      case ESCALATE -> 1;
      case NUDGE, RESTRICT -> Math.clamp(-member.netKarma() / SEVERE, 0.0, 1.0);
    };
  }
}
