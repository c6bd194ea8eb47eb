package dev.fedcore.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/// Pages: how many, and from where. A cursor means something to the server only.
public final class Cursors {

  public static final int LIMIT_MAX = 200;
  public static final int LIMIT_DEFAULT = 50;

  private Cursors() {}

  public static int limit(Request request) {
    return request.query().integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
  }

  public static String write(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  /// The position that the request's cursor stands for.
  ///
  /// @throws ProblemFound if it is none of ours
  public static <T> Optional<T> read(Request request, Function<String, T> position) {
    Optional<String> cursor = request.query().text("cursor");
    if (cursor.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] text = Base64.getUrlDecoder().decode(cursor.get());
      return Optional.of(position.apply(new String(text, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException _) {
      throw new ProblemFound(
          Problem.of(ProblemKind.INVALID_CURSOR, "the cursor is none of ours; begin without one"));
    }
  }

  /// Reads a position that is a count.
  public static long count(String text) {
    long count = Long.parseLong(text);
    if (count < 0) {
      throw new IllegalArgumentException("a count is not negative");
    }
    return count;
  }
}
