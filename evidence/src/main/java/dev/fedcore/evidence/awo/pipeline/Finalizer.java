package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Publishes a run, or leaves a reason why not and nothing else.
///
/// One finalisation of a workspace at a time, in this process and in others; a second one is
/// refused and does not wait.
public final class Finalizer {

  private final Workspace workspace;
  private final Attestor attestor;
  private final Defences defences;

  public Finalizer(Workspace workspace, Attestor attestor) {
    this(workspace, attestor, Defences.ALL);
  }

  Finalizer(Workspace workspace, Attestor attestor, Defences defences) {
    this.workspace = workspace;
    this.attestor = attestor;
    this.defences = defences;
  }

  /// The stages of a finalisation, in their order. Sealing comes before all of them.
  public enum Stage {
    /// The run is not published already, not even in part.
    REPLAY,
    INTEGRITY,
    GATE2,
    /// Who approves is whom gate 2 judged.
    APPROVAL,
    ATTEST,
    INDEX,
    CHAIN,
    PUBLISH
  }

  /// Who approves which run.
  ///
  /// @param workflowRunUrl where the pipeline runs; "" outside of one
  public record Request(RunName run, String approver, String workflowRunUrl) {}

  /// Goes through all stages; the first that finds something ends it.
  public Finalised finalizeRun(Request request, Instant now) {
    Finalised ended = locked(request);
    if (ended instanceof Finalised.Refused refused) {
      keepReason(request.run(), refused, ClockTimes.fileText(now));
    }
    return ended;
  }

  private Finalised locked(Request request) {
    try (Lock lock = Lock.take(workspace)) {
      if (lock.held().isEmpty()) {
        var busy =
            new Finding(AwoCode.REP_001, "", "another approval is under way; see what it says");
        return new Finalised.Refused(Stage.REPLAY, List.of(busy));
      }
      Publication.recover(workspace);
      return new Finalisation(request, workspace, attestor, defences).run();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock of the workspace", e);
    }
  }

  private void keepReason(RunName run, Finalised.Refused refused, String timestamp) {
    List<JsonValue> findings = refused.findings().stream().<JsonValue>map(Finding::json).toList();
    String name = "failure_" + run + "_" + timestamp;
    JsonObject reason =
        JsonObject.builder()
            .put("failure_id", "FAIL_" + run + "_" + timestamp)
            .put("run_id", run.value())
            .put("detected_by", "fedcore awo finalize")
            .put("stage", refused.stage().name())
            .put("findings", new JsonArray(findings))
            .put("timestamp", timestamp)
            .build();
    Workspace.write(IndependenceLogs.free(workspace, name), reason.canonicalBytes());
  }

  /// The lock of a workspace; held by nobody else, or not held.
  private record Lock(FileChannel channel, Optional<FileLock> held) implements AutoCloseable {

    static Lock take(Workspace workspace) throws IOException {
      Files.createDirectories(workspace.lock().resolveSibling(""));
      var channel =
          FileChannel.open(workspace.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        return new Lock(channel, Optional.ofNullable(channel.tryLock()));
      } catch (OverlappingFileLockException e) {
        return new Lock(channel, Optional.empty());
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
