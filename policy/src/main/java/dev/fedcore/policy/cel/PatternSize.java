package dev.fedcore.policy.cel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// About how large a regular expression becomes when it is compiled, found out without compiling
/// it: `((a{1000}){1000}){1000}` is short, and a thousand million instructions long.
///
/// Counts what is written as RE2 reads it, a repetition as often as it repeats. One count a
/// pattern.
///
/// @see <a href="https://github.com/google/re2/wiki/Syntax">RE2, syntax</a>
final class PatternSize {

  /// `{2}`, `{2,}` or `{2,9}`. RE2 repeats nothing more than 1,000 times, and takes what has more
  /// digits for a mistake.
  private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,4})(?:,([0-9]{0,4}))?}");

  /// One escape, which stands for one character: `\d`, `\pL`, `\p{Greek}`, `\x{10FFFF}`.
  private static final Pattern ESCAPED =
      Pattern.compile("\\\\(?:[pPx]\\{[^}]*}|.|$)", Pattern.DOTALL);

  private final Deque<Long> around = new ArrayDeque<>();
  private long group;
  private long last;

  private PatternSize() {}

  /// The size in instructions, give or take a few for each group and choice; at most
  /// [Long#MAX_VALUE].
  static long of(String pattern) {
    var size = new PatternSize();
    int at = 0;
    while (at < pattern.length()) {
      at = size.next(pattern, at);
    }
    return size.around.stream().reduce(size.group, PatternSize::sum);
  }

  private int next(String pattern, int at) {
    return switch (pattern.charAt(at)) {
      case '(' -> {
        around.push(group);
        group = 0;
        yield at + 1;
      }
      case ')' -> {
        long inside = group;
        group = around.isEmpty() ? 0 : around.pop();
        yield added(inside, at + 1);
      }
      case '{' -> repeated(found(REPETITION, pattern, at), at);
      case '[' -> added(1, classEnd(pattern, at));
      case '\\' -> escaped(pattern, at);
      default -> added(1, at + 1);
    };
  }

  private int repeated(Matcher repetition, int at) {
    if (!repetition.lookingAt()) {
      return added(1, at + 1);
    }
    String most = repetition.group(2);
    String times = most == null || most.isEmpty() ? repetition.group(1) : most;
    long once = last;
    last = product(once, Math.max(1, Long.parseLong(times)));
    group = sum(group, last - once);
    return repetition.end();
  }

  /// What is quoted between `\Q` and `\E` is plain text; an end that is missing is the pattern's.
  private int escaped(String pattern, int at) {
    if (pattern.startsWith("\\Q", at)) {
      int end = pattern.indexOf("\\E", at + 2);
      return end < 0 ? added(pattern.length() - at, pattern.length()) : added(end - at, end + 2);
    }
    Matcher one = found(ESCAPED, pattern, at);
    return added(1, one.lookingAt() ? one.end() : at + 1);
  }

  /// The end of a class with its first `]`, its escapes and the likes of `[:alpha:]`.
  private static int classEnd(String pattern, int start) {
    int at = start + 1;
    at += pattern.startsWith("^", at) ? 1 : 0;
    at += pattern.startsWith("]", at) ? 1 : 0;
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      int named = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at + 2) : -1;
      if (named >= 0) {
        at = named + 2;
      } else {
        at += pattern.charAt(at) == '\\' ? 2 : 1;
      }
    }
    return at + 1;
  }

  private int added(long size, int end) {
    last = size;
    group = sum(group, size);
    return end;
  }

  private static Matcher found(Pattern part, String pattern, int at) {
    return part.matcher(pattern).region(at, pattern.length());
  }

  private static long sum(long one, long other) {
    return Long.MAX_VALUE - one < other ? Long.MAX_VALUE : one + other;
  }

  private static long product(long one, long other) {
    return one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
  }
}
