package dev.fedcore.kernel.identity;

/// The alphabet that identifiers chosen by people are written in: ASCII letters, digits, `_`, `.`
/// and `-`. Such a name is the same text in a URL, a file name, a log line and a hashed document.
final class Names {

  private Names() {}

  static String checked(String kind, String text, int lengthMax) {
    if (text.isEmpty() || text.length() > lengthMax || !isPlain(text)) {
      throw new IllegalArgumentException(
          "%s has 1 to %d letters, digits, '_', '.' or '-'".formatted(kind, lengthMax));
    }
    return text;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '.'
              || c == '-';
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
