package dev.fedcore.policy.signature;

import java.math.BigInteger;

/// Which of two versions of a policy is the later one.
///
/// A version is split at `.`, `_` and `-`, and compared part by part. Two numbers compare as
/// numbers, two other parts as text; a number comes before other text, and a part that is missing
/// before both. So `1.9 < 1.10`, `1.0 < 1.0.1`, `2026.11.21-3 < 2026.11.21-10`, and, other than in
/// semantic versions, `1.0.0 < 1.0.0-rc.1`.
public final class VersionOrder {

  private static final String SEPARATORS = "[._-]";

  private VersionOrder() {}

  /// Negative when `one` comes before `other`, positive when after, 0 when neither.
  public static int compare(String one, String other) {
    String[] left = one.split(SEPARATORS, -1);
    String[] right = other.split(SEPARATORS, -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int difference = compareParts(left[i], right[i]);
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int compareParts(String left, String right) {
    if (isNumber(left) && isNumber(right)) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    // Comparing 2, 10 and 1a all as text where one is no number would go round in a circle.
    return isNumber(left) == isNumber(right)
        ? left.compareTo(right)
        : Boolean.compare(isNumber(right), isNumber(left));
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
