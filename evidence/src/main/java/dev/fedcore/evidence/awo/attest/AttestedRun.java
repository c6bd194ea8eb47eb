package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.GateReceipt;
import dev.fedcore.evidence.receipt.Receipt;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import dev.fedcore.evidence.tar.TarWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the statements about a run are made of: its files, once integrity and approval hold.
///
/// @param root the run's SHA256 root
/// @param gates the gates of a Federation Core run that people approved, in order
/// @param parameters what was asked for: the workflow, its version, its input
/// @param dependencies name to SHA-256 of what the run was made with
record AttestedRun(
    String runId,
    Snapshot files,
    String root,
    Archive archive,
    Approval approval,
    List<Gate> gates,
    JsonObject parameters,
    Map<String, String> dependencies) {

  /// The run's one archive. (A class, since a record would compare the bytes by identity.)
  static final class Archive {
    private final byte[] bytes;
    private final String hash;

    Archive(byte[] bytes) {
      this.bytes = bytes;
      this.hash = Sha256.hex(bytes);
    }

    byte[] bytes() {
      return bytes;
    }

    String hash() {
      return hash;
    }
  }

  /// A gate's receipt and the hash that names it.
  record Gate(String hash, GateReceipt receipt) {}

  /// Reads a run whose integrity holds, or finds why nothing can be said about it.
  static Optional<AttestedRun> read(String runId, Snapshot run, String root, Findings findings) {
    Optional<Approval> approval = Approval.read(runId, run, root, findings);
    Optional<JsonObject> origin = origin(run, findings);
    Optional<Archive> archive = archive(run, findings);
    if (approval.isEmpty() || origin.isEmpty() || archive.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AttestedRun(
            runId,
            run,
            root,
            archive.get(),
            approval.get(),
            gates(run),
            parameters(origin.get()),
            dependencies(run, origin.get())));
  }

  /// All files of the list, and the list.
  private static Optional<Archive> archive(Snapshot run, Findings findings) {
    var members = new TreeMap<>(HashedRegion.of(run));
    run.file(HashedRegion.SUMS).ifPresent(list -> members.put(HashedRegion.SUMS, list));
    try {
      return Optional.of(new Archive(TarWriter.write(members)));
    } catch (IllegalArgumentException e) {
      findings.add(AwoCode.INT_002, "", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// What says which workflow ran: `run.json` of a Federation Core run, else `run_manifest.json`.
  private static Optional<JsonObject> origin(Snapshot run, Findings findings) {
    for (String name : List.of("run.json", "run_manifest.json")) {
      Optional<byte[]> file = run.file(name);
      if (file.isPresent()) {
        try {
          return Optional.of(JsonReader.readObject(file.get(), JsonLimits.DEFAULT));
        } catch (MalformedInput e) {
          findings.add(AwoCode.GOV_002, name, String.valueOf(e.getMessage()));
          return Optional.empty();
        }
      }
    }
    findings.add(AwoCode.STR_001, "run_manifest.json", "neither this nor run.json says what ran");
    return Optional.empty();
  }

  private static JsonObject parameters(JsonObject origin) {
    var parameters = JsonObject.builder();
    for (String name : List.of("input_hash", "workflow", "workflow_id", "workflow_version")) {
      Approval.text(origin, name).ifPresent(value -> parameters.put(name, value));
    }
    return parameters.build();
  }

  private static Map<String, String> dependencies(Snapshot run, JsonObject origin) {
    var dependencies = new TreeMap<String, String>();
    Approval.text(origin, "definition_hash")
        .filter(Sha256::isHex)
        .ifPresent(hash -> dependencies.put("workflow definition", hash));
    for (String name : List.of("workflow_frozen.json", "environment.json")) {
      run.file(name).ifPresent(bytes -> dependencies.put(name, Sha256.hex(bytes)));
    }
    return dependencies;
  }

  private static List<Gate> gates(Snapshot run) {
    var gates = new ArrayList<Gate>();
    run.below("receipts").files().forEach((_, bytes) -> gateReceipt(bytes).ifPresent(gates::add));
    gates.sort(Comparator.comparingLong(gate -> gate.receipt.index()));
    return gates;
  }

  private static Optional<Gate> gateReceipt(byte[] bytes) {
    try {
      return Receipt.parse(bytes) instanceof GateReceipt gate && gate.status().equals("APPROVED")
          ? Optional.of(new Gate(Sha256.hex(bytes), gate))
          : Optional.empty();
    } catch (MalformedInput e) {
      return Optional.empty(); // found and said where the run's chain is checked
    }
  }
}
