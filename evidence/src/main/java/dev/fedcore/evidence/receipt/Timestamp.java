package dev.fedcore.evidence.receipt;

import java.time.Instant;
import java.time.Month;
import java.time.Year;
import java.time.ZoneOffset;

/// The one text form of a time in documents: RFC 3339, UTC, six digits of a second, such as
/// `2026-01-01T09:30:00.000000Z`. Always 27 characters, so that text order is time order.
public final class Timestamp {

  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd.ddddddZ";
  private static final int YEAR_MAX = 9999;
  private static final int NANOS_PER_MICRO = 1_000;

  private static final int SECONDS_PER_MINUTE = 60;

  /// The minute asked for last, which is nearly always the one asked for next.
  private static volatile Minute latest = new Minute(0, head(Instant.EPOCH));

  private Timestamp() {}

  /// The text of `instant`, cut down to microseconds.
  ///
  /// @throws IllegalArgumentException before year 0 or after year 9999
  public static String of(Instant instant) {
    long minute = Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_MINUTE);
    Minute recent = latest;
    if (recent.number() != minute) {
      recent = new Minute(minute, head(instant));
      latest = recent;
    }
    var text = new StringBuilder(SHAPE.length()).append(recent.head());
    digits(text, Math.floorMod(instant.getEpochSecond(), SECONDS_PER_MINUTE), 2).append('.');
    return digits(text, instant.getNano() / NANOS_PER_MICRO, 6).append('Z').toString();
  }

  /// The text up to the minute, with the colon behind it.
  private static String head(Instant instant) {
    var time = instant.atOffset(ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > YEAR_MAX) {
      throw new IllegalArgumentException("the year " + time.getYear() + " has no RFC 3339 form");
    }
    var text = new StringBuilder(SHAPE.length());
    digits(text, time.getYear(), 4).append('-');
    digits(text, time.getMonthValue(), 2).append('-');
    digits(text, time.getDayOfMonth(), 2).append('T');
    digits(text, time.getHour(), 2).append(':');
    return digits(text, time.getMinute(), 2).append(':').toString();
  }

  /// A minute of UTC, counted from 1970, and how a time in it begins.
  private record Minute(long number, String head) {}

  /// Whether `text` is a time of this very form. Leap seconds are not.
  public static boolean isTimestamp(String text) {
    if (text.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char c = text.charAt(i);
      char shape = SHAPE.charAt(i);
      if (shape == 'd' ? c < '0' || c > '9' : c != shape) {
        return false;
      }
    }
    return isDate(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
        && number(text, 11, 2) < 24
        && number(text, 14, 2) < 60
        && number(text, 17, 2) < 60;
  }

  private static boolean isDate(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= Month.of(month).length(Year.isLeap(year));
  }

  private static int number(String text, int from, int length) {
    return Integer.parseInt(text, from, from + length, 10);
  }

  private static StringBuilder digits(StringBuilder text, int value, int width) {
    String digits = Integer.toString(value);
    return text.repeat("0", width - digits.length()).append(digits);
  }
}
