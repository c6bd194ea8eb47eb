package dev.fedcore.evidence.awo.provenance;

import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// All finalised runs of a workspace, by run id. Which runs are in it decides its bytes, and not
/// the order in which they came.
public final class ProvenanceIndex {

  /// Where it lies in a workspace.
  public static final String FILE = Workspace.INDEX;

  /// An index without runs.
  public static final ProvenanceIndex EMPTY = new ProvenanceIndex(new TreeMap<>());

  private static final String TYPE = "https://fedcore.dev/provenance-index/v1";

  /// 64 MiB and 2,000,000 members: some 100,000 runs.
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 8, 2_000_000);

  private final NavigableMap<String, ProvenanceEntry> entries;

  private ProvenanceIndex(NavigableMap<String, ProvenanceEntry> entries) {
    this.entries = Collections.unmodifiableNavigableMap(entries);
  }

  /// The index of the workspace at `root`; empty when there is none yet.
  ///
  /// @throws MalformedInput when the file is no canonical index
  public static ProvenanceIndex read(Path root) {
    Path file = root.resolve(FILE);
    try {
      return Files.exists(file) ? parse(Files.readAllBytes(file)) : EMPTY;
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + FILE, e);
    }
  }

  /// Reads an index.
  ///
  /// @throws MalformedInput when `bytes` is not exactly what [#bytes()] gives
  public static ProvenanceIndex parse(byte[] bytes) {
    var fields = JsonFields.of(JsonReader.readObject(bytes, LIMITS), "");
    if (!fields.string("_type").equals(TYPE)) {
      throw new MalformedInput("/_type", "must be " + TYPE);
    }
    var entries = new TreeMap<String, ProvenanceEntry>();
    fields.object("runs").members().forEach((run, value) -> entries.put(run, entry(run, value)));
    fields.end();
    var index = new ProvenanceIndex(entries);
    if (!Arrays.equals(index.bytes(), bytes)) {
      throw new MalformedInput("", FILE + " is not in canonical form");
    }
    return index;
  }

  private static ProvenanceEntry entry(String run, JsonValue value) {
    String pointer = JsonPointers.child("/runs", run);
    if (!(value instanceof JsonObject object)) {
      throw new MalformedInput(pointer, "must be an object, is " + value.kind());
    }
    ProvenanceEntry entry = ProvenanceEntry.parse(object, pointer);
    if (!entry.runId().equals(run)) {
      throw new MalformedInput(pointer, "is the entry of run " + entry.runId());
    }
    return entry;
  }

  /// The file: canonical, without a trailing newline.
  public byte[] bytes() {
    return document().canonicalBytes();
  }

  /// The file as a value, for whoever shows it.
  public JsonObject document() {
    var runs = JsonObject.builder();
    entries.forEach((run, entry) -> runs.put(run, entry.json()));
    return JsonObject.builder().put("_type", TYPE).put("runs", runs.build()).build();
  }

  public Optional<ProvenanceEntry> entry(String run) {
    return Optional.ofNullable(entries.get(run));
  }

  /// All entries, by run id.
  public Collection<ProvenanceEntry> entries() {
    return entries.values();
  }

  /// This index with a run's entry, in the place of an older one.
  public ProvenanceIndex with(ProvenanceEntry entry) {
    var copy = new TreeMap<>(entries);
    copy.put(entry.runId(), entry);
    return new ProvenanceIndex(copy);
  }
}
