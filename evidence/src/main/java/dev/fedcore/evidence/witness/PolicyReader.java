package dev.fedcore.evidence.witness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.WitnessPolicy.Log;
import dev.fedcore.evidence.witness.WitnessPolicy.Witness;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads policy files, strictly, and says in which line something is wrong.
///
/// Names are sequences of octets, as the standard has it: the file is read as ISO 8859-1, so that
/// two names are equal when their bytes are.
public final class PolicyReader {

  /// The standard asks for 32 each at least.
  private static final int EACH_MAX = 64;

  private static final String NONE = "none";

  private final List<Log> logs = new ArrayList<>();
  private final List<Witness> witnesses = new ArrayList<>();
  private final Map<String, Quorum> names = new HashMap<>();
  private final Set<String> members = new HashSet<>();
  private Optional<String> quorum = Optional.empty();

  private PolicyReader() {}

  static WitnessPolicy policy(byte[] file) {
    var reader = new PolicyReader();
    reader.read(file);
    String name =
        reader.quorum.orElseThrow(
            () -> new MalformedInput("", "it has no line \"quorum NAME\"; write quorum none"));
    return new WitnessPolicy(
        reader.logs,
        reader.witnesses,
        name.equals(NONE) ? new Quorum.None() : reader.defined(name),
        shown(name));
  }

  /// The logs of a file that has lines `log` alone: whose checkpoints a witness takes.
  ///
  /// @throws MalformedInput that names the line
  public static List<Log> logs(byte[] file) {
    var reader = new PolicyReader();
    reader.read(file);
    if (!reader.names.isEmpty() || reader.quorum.isPresent()) {
      throw new MalformedInput("", "a list of logs has lines \"log KEY [URL]\" only");
    }
    if (reader.logs.isEmpty()) {
      throw new MalformedInput("", "it names no log: write \"log KEY\"");
    }
    return List.copyOf(reader.logs);
  }

  /// Whether a file says something that only policy files say.
  public static boolean isPolicy(byte[] file) {
    return new String(file, ISO_8859_1)
        .lines()
        .map(line -> words(line).getFirst())
        .anyMatch(word -> word.equals("quorum"));
  }

  private void read(byte[] file) {
    if (file.length > WitnessPolicy.BYTES_MAX) {
      throw new MalformedInput(
          "", "a policy file has at most %,d bytes".formatted(WitnessPolicy.BYTES_MAX));
    }
    String[] lines = new String(file, ISO_8859_1).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      try {
        if (i == lines.length - 1 && !lines[i].isEmpty()) {
          throw new MalformedInput("", "has no newline at its end: the file may be cut off");
        }
        line(lines[i]);
      } catch (MalformedInput e) {
        throw new MalformedInput("", "line %d: %s".formatted(i + 1, e.problem()));
      } catch (EvidenceRejected e) {
        throw new MalformedInput("", "line %d: %s".formatted(i + 1, e.reason()));
      }
    }
  }

  private void line(String line) {
    if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
      throw new MalformedInput("", "has a control character, such as a carriage return");
    }
    List<String> words = words(line);
    if (words.getFirst().isEmpty() || words.getFirst().startsWith("#")) {
      return;
    }
    switch (words.getFirst()) {
      case "log" -> log(words);
      case "witness" -> witness(words);
      case "group" -> group(words);
      case "quorum" -> quorum(words);
      default ->
          throw new MalformedInput(
              "", "begins with \"%s\", not log, witness, group or quorum".formatted(first(words)));
    }
  }

  /// The words of a line, at least one, which is empty if the line is.
  private static List<String> words(String line) {
    return Arrays.asList(line.replaceAll("^[ \t]+|[ \t]+$", "").split("[ \t]+", -1));
  }

  private static String first(List<String> words) {
    return shown(words.getFirst());
  }

  private void log(List<String> words) {
    requireWords(words, 2, 3, "log KEY [URL]");
    NoteVerifier key = key(words.get(1));
    if (key.isCosigner()) {
      throw new MalformedInput(
          "", "a log's key signs checkpoints (type 0x01); this is a witness's");
    }
    requireNew(key, logs.stream().map(Log::key).toList());
    requireRoom(logs.size(), "logs");
    logs.add(new Log(key, url(words, 2)));
  }

  private void witness(List<String> words) {
    requireWords(words, 3, 4, "witness NAME KEY [URL]");
    NoteVerifier key = key(words.get(2));
    if (!key.isCosigner()) {
      throw new MalformedInput("", "a witness's key cosigns (type 0x04); this is a log's");
    }
    requireNew(key, witnesses.stream().map(Witness::key).toList());
    requireRoom(witnesses.size(), "witnesses");
    String name = shown(words.get(1));
    define(words.get(1), new Quorum.One(name));
    witnesses.add(new Witness(name, key, url(words, 3)));
  }

  private void group(List<String> words) {
    requireWords(words, 4, Integer.MAX_VALUE, "group NAME all|any|K MEMBER...");
    List<String> listed = words.subList(3, words.size());
    var chosen = new ArrayList<Quorum>();
    for (String member : listed) {
      if (member.equals(NONE)) {
        throw new MalformedInput("", "none is no member of a group");
      }
      chosen.add(defined(member));
      if (!members.add(member)) {
        throw new MalformedInput("", "%s is in a group already".formatted(shown(member)));
      }
    }
    requireRoom(names.size() - witnesses.size(), "groups");
    define(words.get(1), new Quorum.Group(threshold(words.get(2), listed.size()), chosen));
  }

  private void quorum(List<String> words) {
    requireWords(words, 2, 2, "quorum NAME");
    if (quorum.isPresent()) {
      throw new MalformedInput("", "is a second quorum; a policy has one");
    }
    if (!words.get(1).equals(NONE)) {
      defined(words.get(1));
    }
    quorum = Optional.of(words.get(1));
  }

  private static int threshold(String word, int size) {
    return switch (word) {
      case "all" -> size;
      case "any" -> 1;
      default -> {
        if (!word.matches("[1-9][0-9]{0,3}") || Integer.parseInt(word) > size) {
          throw new MalformedInput(
              "",
              "a group's threshold is all, any, or from 1 to %d, not %s"
                  .formatted(size, shown(word)));
        }
        yield Integer.parseInt(word);
      }
    };
  }

  private Quorum defined(String name) {
    Quorum known = names.get(name);
    if (known == null) {
      throw new MalformedInput("", "names %s, which no line above defines".formatted(shown(name)));
    }
    return known;
  }

  private void define(String name, Quorum meaning) {
    if (name.equals(NONE)) {
      throw new MalformedInput("", "none is the name of no witness and no group");
    }
    if (names.putIfAbsent(name, meaning) != null) {
      throw new MalformedInput("", "defines %s a second time".formatted(shown(name)));
    }
  }

  private static NoteVerifier key(String word) {
    return NoteVerifier.parse(shown(word));
  }

  private static void requireNew(NoteVerifier key, List<NoteVerifier> others) {
    if (others.stream().anyMatch(key::hasSameKeyAs)) {
      throw new MalformedInput("", "has the same public key as a line above");
    }
  }

  private static void requireRoom(int count, String what) {
    if (count >= EACH_MAX) {
      throw new MalformedInput("", "is one too many: at most %d %s".formatted(EACH_MAX, what));
    }
  }

  private static void requireWords(List<String> words, int min, int max, String form) {
    if (words.size() < min || words.size() > max) {
      throw new MalformedInput("", "is not of the form \"%s\"".formatted(form));
    }
  }

  private static Optional<URI> url(List<String> words, int at) {
    if (words.size() <= at) {
      return Optional.empty();
    }
    String text = shown(words.get(at));
    try {
      var url = new URI(text.replaceFirst("/+$", ""));
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return Optional.of(url);
      }
    } catch (URISyntaxException _) {
      // Told like a URL of another kind.
    }
    throw new MalformedInput("", "%s is no http or https URL".formatted(text));
  }

  /// Octets as text for people, and for keys, whose names are UTF-8.
  private static String shown(String octets) {
    return new String(octets.getBytes(ISO_8859_1), UTF_8);
  }
}
