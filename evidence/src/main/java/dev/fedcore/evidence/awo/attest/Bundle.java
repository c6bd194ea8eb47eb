package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.dsse.Envelope;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.sums.Snapshot;
import dev.fedcore.evidence.tar.TarReader;
import dev.fedcore.evidence.tar.TarWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All evidence of one run, or of several, by paths from the root:
///
/// ```
/// runs/<run>/…                             the run's files, SHA256SUMS.txt, approval.json
/// runs/<run>/audit/…  timestamps/…         verdicts and clock times, beside the sums
/// governance/attestations/<run>/…          statements, proofs, the run's archive, VERIFY.md
/// governance/logs/<run>_…                  what was decided about it
/// ```
///
/// As one file it is an archive of these.
public record Bundle(Snapshot files) {

  /// The evidence of one run below a root.
  public static Bundle ofRun(Path root, String runId) {
    Snapshot run = part(root, Layout.run(runId));
    Snapshot logs = Snapshot.read(root.resolve(Layout.LOGS));
    var attested = new TreeMap<String, byte[]>();
    for (String path : attestedLogs(run.files().get(Layout.times(runId)))) {
      logs.file(path).ifPresent(bytes -> attested.put(Layout.LOGS + "/" + path, bytes));
    }
    Snapshot attestation = part(root, Layout.attestation(runId));
    return new Bundle(run.and(attestation).and(Snapshot.of(attested)));
  }

  /// Reads a bundle that is one file.
  ///
  /// @throws MalformedInput when it is not an archive that we could have written
  public static Bundle read(byte[] archive) {
    return new Bundle(Snapshot.of(TarReader.read(archive)));
  }

  /// The bundle as one file.
  ///
  /// @throws IllegalArgumentException when a path is too long for an archive
  public byte[] archive() {
    return TarWriter.write(files.files());
  }

  /// The ids of all runs that something in here belongs to.
  public NavigableSet<String> runs() {
    var runs = new TreeSet<String>();
    for (String path : files.files().keySet()) {
      for (String folder : List.of(Layout.RUNS + "/", Layout.ATTESTATIONS + "/")) {
        int end = path.indexOf('/', folder.length());
        if (path.startsWith(folder) && end > 0) {
          runs.add(path.substring(folder.length(), end));
        }
      }
    }
    return runs;
  }

  /// The runs that are attested below a root.
  public static NavigableSet<String> attested(Path root) {
    var runs = new TreeSet<String>();
    for (String path : Snapshot.read(root.resolve(Layout.ATTESTATIONS)).files().keySet()) {
      int end = path.indexOf('/');
      if (end > 0 && Layout.isRunId(path.substring(0, end))) {
        runs.add(path.substring(0, end));
      }
    }
    return runs;
  }

  /// Later entries of `governance/logs` are of this run, but not of its attestation.
  private static List<String> attestedLogs(byte @Nullable [] times) {
    String prefix = Layout.LOGS + "/";
    return Optional.ofNullable(times).map(Bundle::subjects).orElse(List.of()).stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  private static List<String> subjects(byte[] envelope) {
    try {
      byte[] statement = Envelope.parse(envelope).payload();
      return JsonFields.of(JsonReader.readObject(statement, JsonLimits.DEFAULT), "")
          .array("subject")
          .stream()
          .map(Bundle::name)
          .toList();
    } catch (MalformedInput e) {
      return List.of(); // found and said where the envelope is checked
    }
  }

  private static String name(JsonValue subject) {
    return subject instanceof JsonObject object ? Approval.text(object, "name").orElse("") : "";
  }

  private static Snapshot part(Path root, String folder) {
    return Snapshot.read(root.resolve(folder)).inside(folder);
  }
}
