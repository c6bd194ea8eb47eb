package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.Genesis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The form in which a run is exported: a folder named by the run.
///
/// ```
/// <run_id>/run.json                  a summary, made of the entries alone
/// <run_id>/audit.jsonl               the entries, one canonical document a line, each with LF
/// <run_id>/receipts/<hash>.json      the receipts
/// <run_id>/checkpoint                a signed note that covers the run
/// <run_id>/log.vkey                  the keys that signed it, one a line
/// <run_id>/proofs/<seq>.tlog-proof   that each entry is in the log
/// ```
///
/// Equal evidence gives equal bytes, whenever and wherever it is written.
public final class RunFolder {

  static final String RUN = "run.json";
  static final String AUDIT = "audit.jsonl";
  static final String RECEIPTS = "receipts";
  static final String CHECKPOINT = "checkpoint";
  static final String VERIFIER_KEYS = "log.vkey";
  static final String PROOFS = "proofs";
  static final String PROOF_SUFFIX = ".tlog-proof";
  static final String RECEIPT_SUFFIX = ".json";

  private static final String TYPE = "https://fedcore.dev/run/v1";

  private RunFolder() {}

  /// Writes the folder of a run into `parent`.
  ///
  /// @return the folder
  /// @throws dev.fedcore.evidence.json.MalformedInput when an entry is not readable
  public static Path write(Path parent, RunEvidence run, Optional<LogEvidence> log) {
    Path folder = parent.resolve(run.runId());
    files(run).forEach((path, bytes) -> put(folder.resolve(path), bytes));
    log.ifPresent(evidence -> writeLog(folder, evidence));
    return folder;
  }

  /// The files of a run by their paths in its folder: summary, entries and receipts, and nothing
  /// that a log says.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput when an entry is not readable
  public static Map<String, byte[]> files(RunEvidence run) {
    var entries = run.entries().stream().map(e -> AuditEntry.parse(e.bytes())).toList();
    Map<String, byte[]> files = new TreeMap<>();
    files.put(RUN, runJson(entries));
    files.put(AUDIT, auditLines(run.entries()));
    for (Exhibit receipt : run.receipts()) {
      files.put(RECEIPTS + "/" + receipt.hash() + RECEIPT_SUFFIX, receipt.bytes());
    }
    return files;
  }

  /// The summary of a run, canonical: what its entries say that it is and where it stands. Of a
  /// stream that is no run, workflow, definition and input are null.
  ///
  /// @param entries all of them, in order; at least one
  public static byte[] runJson(List<AuditEntry> entries) {
    var first = entries.getFirst();
    Optional<Genesis> genesis = EntryChain.genesisOf(first);
    var writer = new CanonicalWriter().beginObject().name("_type").string(TYPE);
    writer.name("audit_head").string(entries.getLast().hash());
    writer.name("audit_size").integer(entries.size());
    optional(writer, "definition_hash", genesis.map(Genesis::definitionHash));
    optional(writer, "input_hash", genesis.map(Genesis::inputHash));
    writer.name("run_id").string(first.runId());
    optional(writer, "status", EntryChain.statusAfter(entries));
    writer.name("tenant_id").string(first.tenantId());
    optional(writer, "workflow_id", genesis.map(Genesis::workflowId));
    optional(writer, "workflow_version", genesis.map(Genesis::workflowVersion));
    return writer.endObject().toBytes();
  }

  private static void writeLog(Path folder, LogEvidence log) {
    put(folder.resolve(CHECKPOINT), log.checkpoint().getBytes(StandardCharsets.UTF_8));
    String keys = String.join("\n", log.verifierKeys()) + "\n";
    put(folder.resolve(VERIFIER_KEYS), keys.getBytes(StandardCharsets.UTF_8));
    for (int seq = 0; seq < log.proofs().size(); seq++) {
      byte[] proof = log.proofs().get(seq).format().getBytes(StandardCharsets.UTF_8);
      put(folder.resolve(PROOFS).resolve(seq + PROOF_SUFFIX), proof);
    }
  }

  private static byte[] auditLines(List<Exhibit> entries) {
    var lines = new ByteArrayOutputStream();
    for (Exhibit entry : entries) {
      lines.writeBytes(entry.bytes());
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static void optional(CanonicalWriter writer, String name, Optional<String> value) {
    writer.name(name);
    value.ifPresentOrElse(writer::string, writer::nul);
  }

  private static void put(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file.getFileName(), e);
    }
  }
}
