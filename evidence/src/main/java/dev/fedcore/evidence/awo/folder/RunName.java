package dev.fedcore.evidence.awo.folder;

import dev.fedcore.evidence.json.MalformedInput;
import java.time.Instant;
import java.util.regex.Pattern;

/// The id of an AWO run, which is also the name of its folder: 1 to 64 characters of
/// `[A-Za-z0-9._-]`, beginning with a letter or digit, so that it is no path and no option.
public record RunName(String value) {

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public RunName {
    if (!SHAPE.matcher(value).matches()) {
      throw new MalformedInput(
          "",
          "the run id must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit; is \""
              + value
              + "\"");
    }
  }

  /// The customary id of a run that began at `started`, such as `run_2026-01-01T09-30-00Z`.
  public static RunName at(Instant started) {
    return new RunName("run_" + ClockTimes.fileText(started).replace('_', 'T'));
  }

  @Override
  public String toString() {
    return value;
  }
}
