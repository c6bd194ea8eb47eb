package dev.fedcore.evidence.sums;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The content of a `SHA256SUMS.txt`: lines `<hex>␠␠./<path>`, in the order of the paths' bytes.
/// Its own SHA-256 is the run's SHA256 root.
///
/// @param hashes path without `./` to hash in hexadecimal, in path order
public record Sums(NavigableMap<String, String> hashes) {

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) {2}\\./(.*)");

  public Sums {
    hashes = Collections.unmodifiableNavigableMap(new TreeMap<>(hashes));
  }

  /// The list that a run's folder ought to have.
  public static Sums of(Snapshot run) {
    var hashes = new TreeMap<String, String>();
    for (Map.Entry<String, byte[]> file : HashedRegion.of(run).entrySet()) {
      hashes.put(file.getKey(), Sha256.hex(file.getValue()));
    }
    return new Sums(hashes);
  }

  /// Reads a list.
  ///
  /// @throws MalformedInput when it is not exactly what [#bytes()] would give
  public static Sums parse(byte[] file) {
    var hashes = new TreeMap<String, String>();
    String text = new String(file, StandardCharsets.UTF_8);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new MalformedInput("", "its last line has no end; it is cut off");
    }
    int number = 0;
    String last = "";
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isEmpty() && number > text.chars().filter(c -> c == '\n').count()) {
        break;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw wrong(number, "is not 64 hexadecimal digits, two spaces, ./ and a path");
      }
      String path = matcher.group(2);
      SafePath.problem(path)
          .ifPresent(problem -> {
            throw new MalformedInput("", "a path in it is unsafe: " + problem);
          });
      if (last.compareTo(path) >= 0) {
        throw wrong(number, "is out of order, or there twice");
      }
      hashes.put(path, matcher.group(1));
      last = path;
    }
    return new Sums(hashes);
  }

  private static MalformedInput wrong(int line, String problem) {
    return new MalformedInput("", "line %d %s".formatted(line, problem));
  }

  /// The file's bytes.
  public byte[] bytes() {
    var text = new StringBuilder();
    hashes.forEach((path, hash) -> text.append(hash).append("  ./").append(path).append('\n'));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// The SHA256 root: the SHA-256 of [#bytes()], in hexadecimal.
  public String root() {
    return Sha256.hex(bytes());
  }
}
