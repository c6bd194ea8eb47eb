package dev.fedcore.engine;

import java.util.Arrays;
import java.util.List;

/// A version as its dotted parts, compared as numbers where both are numbers.
record Versions(List<String> parts) implements Comparable<Versions> {

  static Versions parse(String version) {
    return new Versions(Arrays.asList(version.split("[.+-]")));
  }

  @Override
  public int compareTo(Versions other) {
    for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
      int order = compare(parts.get(i), other.parts.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(parts.size(), other.parts.size());
  }

  private static int compare(String a, String b) {
    return isNumber(a) && isNumber(b)
        ? Long.compare(Long.parseLong(a), Long.parseLong(b))
        : a.compareTo(b);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 18 && text.chars().allMatch(Character::isDigit);
  }
}
