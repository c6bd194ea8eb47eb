package dev.fedcore.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A version in its order among others: part by part, numbers as numbers and before words; what
/// follows a hyphen makes it older than the same version without, what follows a plus nothing.
///
/// @see <a href="https://semver.org/#spec-item-11">Semantic Versioning 2.0.0, item 11</a>
record Versions(List<String> release, List<String> preRelease) implements Comparable<Versions> {

  private static final Comparator<String> PARTS =
      Comparator.comparingInt((String part) -> isNumber(part) ? part.length() : Integer.MAX_VALUE)
          .thenComparing(Comparator.naturalOrder());

  static Versions parse(String version) {
    String[] withoutBuild = version.split("[+]", 2);
    String[] halves = withoutBuild[0].split("-", 2);
    return new Versions(parts(halves[0]), halves.length == 1 ? List.of() : parts(halves[1]));
  }

  @Override
  public int compareTo(Versions other) {
    int order = compare(release, other.release);
    if (order != 0) {
      return order;
    }
    return preRelease.isEmpty() || other.preRelease.isEmpty()
        ? Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty())
        : compare(preRelease, other.preRelease);
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = PARTS.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.split("[.]", -1)).map(Versions::withoutLeadingZeros).toList();
  }

  /// Numbers without leading zeros are compared by their length first, however long they are.
  private static String withoutLeadingZeros(String part) {
    return isNumber(part) ? part.replaceFirst("^0+(?=.)", "") : part;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
