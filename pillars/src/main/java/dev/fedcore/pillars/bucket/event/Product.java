package dev.fedcore.pillars.bucket.event;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.pillars.bucket.governance.ActorType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names a product: whose records are whose. In lower case, so that no two spellings are two
/// products.
///
/// @param id 1 to 64 lower-case letters, digits, `_`, `.` and `-`, beginning with a letter or digit
public record Product(String id) {

  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

  /// Under which Bucket keeps what concerns itself: refusals, decisions about integrations,
  /// violations. Nobody else writes here.
  public static final Product OWN = new Product("bucket");

  public Product {
    if (!SHAPE.matcher(id).matches()) {
      throw new IllegalArgumentException("no product id: " + id);
    }
  }

  /// Reads a name in any case.
  ///
  /// @param pointer where it stands, for the refusal
  /// @throws MalformedInput if it is no product's name
  public static Product read(String text, String pointer) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!SHAPE.matcher(lower).matches()) {
      throw new MalformedInput(
          pointer, "a product has 1 to 64 letters, digits, '_', '.' or '-', no other characters");
    }
    return new Product(lower);
  }

  /// The product that a requester's events belong to when none is named.
  public static Optional<Product> defaultOf(String requester, ActorType type) {
    return switch (type) {
      case WORKFLOW_EXECUTOR -> Optional.of(new Product("workflow"));
      case CORE -> Optional.of(new Product("core"));
      case ORCHESTRATOR -> Optional.of(new Product("orchestration"));
      case PRODUCT -> ownOf(requester, type);
      case AI_AGENT, EXECUTOR, AUDITOR, ADMIN, UNKNOWN -> Optional.empty();
    };
  }

  /// The one product that a requester is bound to; empty if it may name any.
  public static Optional<Product> ownOf(String requester, ActorType type) {
    return type == ActorType.PRODUCT
        ? Optional.of(read(requester.substring(ActorType.PRODUCT_PREFIX.length()), "/requester_id"))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return id;
  }
}
