package dev.fedcore.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.client.Target;
import dev.fedcore.cli.offline.DataDirectory;
import dev.fedcore.cli.secret.KeyRing;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerOutdated;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `doctor` looks at. Changes nothing, but for SQLite's index of a write-ahead log that a
/// killed server left.
final class Checkup {

  /// Below this a busy server fills the disk within a day: 1 GiB.
  private static final long FREE_BYTES_MIN = 1L << 30;

  /// Timestamps and token lifetimes of two hosts must agree about so much.
  private static final Duration SKEW_MAX = Duration.ofSeconds(5);

  /// Older ones have a bug that can corrupt a WAL database that two processes write.
  private static final int[] SQLITE_MIN = {3, 51, 3};

  private static final int JAVA_MIN = 25;
  private static final Pattern SQLITE = Pattern.compile("^(\\d+)\\.(\\d+)\\.(\\d+)");

  private final Surroundings surroundings;
  private final Path data;
  private final Target target;

  /// How bad a finding is.
  enum Grade {
    OK("ok"),
    WARNING("warning"),
    FAILED("FAILED");

    static final int WORD_LENGTH_MAX = 7;

    private final String word;

    Grade(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /// @param finding what was found, and the remedy if one is needed
  record Result(Grade grade, String what, String finding) {}

  Checkup(Surroundings surroundings, Path data, Target target) {
    this.surroundings = surroundings;
    this.data = data;
    this.target = target;
  }

  List<Result> run() {
    var results = new ArrayList<Result>();
    results.add(java());
    results.add(new Result(Grade.OK, "program", "fedcore " + VersionVerb.version()));
    results.addAll(directory());
    results.add(keys());
    results.addAll(server());
    sqlite().ifPresent(results::add);
    return results;
  }

  private static Result java() {
    int feature = Runtime.version().feature();
    String version = Runtime.version().toString();
    return feature >= JAVA_MIN
        ? new Result(Grade.OK, "java", version)
        : new Result(Grade.FAILED, "java", version + "; install a JDK 25 or newer");
  }

  private List<Result> directory() {
    if (!Files.isDirectory(data)) {
      return List.of(
          new Result(Grade.OK, "data", data + " is not there yet; fedcore up creates it"));
    }
    return List.of(space(), owner(), lock(), ledger());
  }

  private Result space() {
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      String text = "%,d MiB free at %s".formatted(free >> 20, data);
      return free >= FREE_BYTES_MIN
          ? new Result(Grade.OK, "disk", text)
          : new Result(Grade.WARNING, "disk", text + "; make room, or writes will be refused");
    } catch (IOException _) {
      return new Result(Grade.WARNING, "disk", "the free space at " + data + " is not known");
    }
  }

  private Result owner() {
    try {
      String owner = Files.getOwner(data).getName();
      return Files.isWritable(data)
          ? new Result(Grade.OK, "owner", owner + "; writable")
          : new Result(
              Grade.FAILED,
              "owner",
              "%s belongs to %s and is not writable for %s; change its owner or mode"
                  .formatted(data, owner, surroundings.userName()));
    } catch (IOException _) {
      return new Result(Grade.FAILED, "owner", data + " cannot be read; change its mode");
    }
  }

  private Result lock() {
    Path file = data.resolve("ledger.lock");
    if (!Files.exists(file)) {
      return new Result(Grade.OK, "lock", "no server has used this directory yet");
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null
          ? new Result(Grade.OK, "lock", "a server is running on this directory")
          : new Result(Grade.OK, "lock", "free; no server is running on this directory");
    } catch (IOException _) {
      return new Result(Grade.WARNING, "lock", file + " cannot be opened; change its mode");
    }
  }

  /// Whether the ledger opens and its end can be read; the rest is for `fedcore verify`.
  private Result ledger() {
    try {
      Optional<Ledger> found = DataDirectory.ledger(data);
      if (found.isEmpty()) {
        return new Result(
            Grade.OK, "ledger", "none that this program can read; fedcore up creates one");
      }
      try (Ledger ledger = found.get()) {
        long entries = ledger.size();
        return ledger.log(Math.max(0, entries - 1), 1).size() == Math.min(1, entries)
            ? new Result(Grade.OK, "ledger", "%,d entries".formatted(entries))
            : new Result(Grade.FAILED, "ledger", "its last entry is not there; run fedcore verify");
      }
    } catch (LedgerOutdated e) {
      return new Result(Grade.WARNING, "ledger", String.valueOf(e.getMessage()));
    } catch (LedgerUnavailable e) {
      return new Result(Grade.FAILED, "ledger", String.valueOf(e.getMessage()));
    }
  }

  private Result keys() {
    Path file = data.resolve(KeyRing.NAME);
    if (!Files.exists(file)) {
      return new Result(
          Grade.OK, "keys", "none; only the loopback is served, and everybody there is trusted");
    }
    try {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      return mode.equals("rw-------")
          ? new Result(Grade.OK, "keys", file + " is private")
          : new Result(Grade.FAILED, "keys", "%s has mode %s; chmod 600 it".formatted(file, mode));
    } catch (IOException _) {
      return new Result(Grade.FAILED, "keys", file + " cannot be read; change its owner");
    }
  }

  private List<Result> server() {
    try (var client = new FedcoreClient(target)) {
      Instant before = surroundings.clock().instant();
      Answer health = client.get("/health");
      JsonView version = client.get("/version").orFail().json();
      JsonView answer = health.json();
      String text =
          "%s answers: %s, version %s, %s, %s entries"
              .formatted(
                  target.url(),
                  answer.text("status"),
                  version.text("version"),
                  answer.text("identity"),
                  answer.text("entries"));
      Grade grade = health.succeeded() ? Grade.OK : Grade.FAILED;
      return List.of(new Result(grade, "server", text), clock(version, before));
    } catch (Failure failure) {
      return List.of(new Result(Grade.WARNING, "server", failure.sentence()));
    }
  }

  /// Only a clock that lags behind the server's shows here; one that is ahead shows in tokens that
  /// are refused.
  private static Result clock(JsonView version, Instant here) {
    try {
      Instant started = Instant.parse(version.text("started_at"));
      boolean behind = here.plus(SKEW_MAX).isBefore(started);
      return behind
          ? new Result(
              Grade.WARNING, "clock", "this clock is behind the server's; run an NTP client")
          : new Result(Grade.OK, "clock", "not behind the server's");
    } catch (DateTimeException _) {
      return new Result(Grade.WARNING, "clock", "the server does not say when it started");
    }
  }

  /// The server brings its own SQLite; a system one matters when somebody opens the ledger with it.
  private static Optional<Result> sqlite() {
    try {
      var process = new ProcessBuilder("sqlite3", "--version").redirectErrorStream(true).start();
      var version = SQLITE.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
      if (!version.find()) {
        return Optional.empty();
      }
      boolean old = false;
      for (int i = SQLITE_MIN.length - 1; i >= 0; i--) {
        int part = Integer.parseInt(version.group(i + 1));
        old = part < SQLITE_MIN[i] || (part == SQLITE_MIN[i] && old);
      }
      return Optional.of(
          old
              ? new Result(
                  Grade.WARNING,
                  "sqlite3",
                  version.group() + " is older than 3.51.3; never write the ledger with it")
              : new Result(Grade.OK, "sqlite3", version.group()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
