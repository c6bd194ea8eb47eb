package dev.fedcore.evidence.awo.pipeline;

import static dev.fedcore.evidence.awo.AwoCode.ATT_001;
import static dev.fedcore.evidence.awo.AwoCode.ATT_002;
import static dev.fedcore.evidence.awo.AwoCode.GOV_001;
import static dev.fedcore.evidence.awo.AwoCode.GOV_002;
import static dev.fedcore.evidence.awo.AwoCode.INT_001;
import static dev.fedcore.evidence.awo.AwoCode.INT_002;
import static dev.fedcore.evidence.awo.AwoCode.REP_001;
import static dev.fedcore.evidence.awo.AwoCode.STR_001;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.ChainReport.Link;
import dev.fedcore.evidence.awo.pipeline.Gate2Verdict.Status;
import dev.fedcore.evidence.awo.provenance.ProvenanceEntry;
import dev.fedcore.evidence.awo.provenance.ProvenanceIndex;
import dev.fedcore.evidence.awo.provenance.RunDiscovery.FoundRun;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.sums.Integrity;
import dev.fedcore.evidence.sums.Snapshot;
import dev.fedcore.evidence.sums.Sums;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// One defence switched off, and the code under which its test has to report that.
record Sabotage(String test, AwoCode code, Attestor attestor, Defences defences) {

  private static final Attestor ATTESTOR = new PlainAttestor(true);

  private Sabotage(String test, AwoCode code, Defences defences) {
    this(test, code, ATTESTOR, defences);
  }

  static Stream<Sabotage> all() {
    return Stream.of(governance(), integrity(), determinism(), attestation(), pipeline())
        .flatMap(sabotages -> sabotages);
  }

  @Override
  public String toString() {
    return test;
  }

  private static Stream<Sabotage> governance() {
    return Stream.of(
        new Sabotage(
            "G1",
            STR_001,
            new Defences() {
              @Override
              public void keepLog(Workspace workspace, Gate2Verdict verdict, String timestamp) {}
            }),
        new Sabotage(
            "G2",
            GOV_001,
            new Defences() {
              @Override
              public boolean samePerson(String orchestrator, String reviewer) {
                return false;
              }
            }),
        new Sabotage(
            "G3",
            GOV_001,
            new Defences() {
              @Override
              public Status overridden() {
                return Status.APPROVED_BY_INDEPENDENT_REVIEWER;
              }
            }),
        new Sabotage(
            "G4",
            GOV_002,
            new Defences() {
              @Override
              public List<String> invariants(RunName run, RunFiles files) {
                return List.of();
              }
            }),
        new Sabotage(
            "G5",
            ATT_001,
            new Defences() {
              @Override
              public List<Finding> approver(Gate2Verdict verdict, String approver) {
                return List.of();
              }
            }),
        new Sabotage("G6", INT_001, without(INT_001)));
  }

  private static Stream<Sabotage> integrity() {
    var archives = new AtomicInteger();
    return Stream.of(
        new Sabotage("I1", INT_001, without(INT_001)),
        new Sabotage("I2", INT_002, without(INT_002)),
        new Sabotage("I3", INT_002, goingOn()),
        new Sabotage(
            "I4",
            INT_001,
            new Defences() {
              @Override
              public byte[] archive(Workspace workspace, RunName run) {
                return new byte[] {(byte) archives.incrementAndGet()};
              }
            }),
        new Sabotage(
            "I5",
            INT_001,
            new Defences() {
              @Override
              public byte[] archive(Workspace workspace, RunName run) {
                return agedArchive(workspace, run);
              }
            }));
  }

  private static Stream<Sabotage> determinism() {
    return Stream.of(
        new Sabotage("D1", INT_001, uncanonical()),
        new Sabotage("D2", INT_001, uncanonical()),
        new Sabotage(
            "D3",
            INT_001,
            new Defences() {
              @Override
              public byte[] sums(RunFiles run) {
                var hashes = new TreeMap<String, String>();
                run.forEach((path, bytes) -> hashes.put(path, Sha256.hex(bytes)));
                return new Sums(hashes).bytes();
              }
            }));
  }

  private static Stream<Sabotage> attestation() {
    return Stream.of(
        new Sabotage(
            "A1",
            ATT_001,
            new Defences() {
              @Override
              public List<Finding> identities(Gate2.Request request, RunFiles run) {
                return List.of();
              }
            }),
        new Sabotage(
            "A2",
            ATT_002,
            new Defences() {
              @Override
              public List<Finding> rootBinding(String approved, String root) {
                return List.of();
              }
            }),
        new Sabotage("A3", ATT_002, goingOn()),
        new Sabotage("A4", ATT_001, new PlainAttestor(false), Defences.ALL));
  }

  private static Stream<Sabotage> pipeline() {
    return Stream.of(
        new Sabotage("P1", GOV_001, goingOn()),
        new Sabotage(
            "P2",
            REP_001,
            new Defences() {
              @Override
              public boolean seesBypass() {
                return false;
              }
            }),
        new Sabotage(
            "P3",
            REP_001,
            new Defences() {
              @Override
              public boolean refusesReplay() {
                return false;
              }
            }),
        new Sabotage(
            "P4",
            STR_001,
            new Defences() {
              @Override
              public List<Link> chain(List<Link> links) {
                return links.stream().map(link -> new Link(link.name(), List.of())).toList();
              }
            }),
        new Sabotage(
            "S1",
            STR_001,
            new Defences() {
              @Override
              public ProvenanceIndex indexed(ProvenanceIndex index, ProvenanceEntry entry) {
                return index.entries().isEmpty() ? index.with(entry) : index;
              }
            }),
        new Sabotage(
            "S2",
            STR_001,
            new Defences() {
              @Override
              public List<FoundRun> runs(Workspace workspace) {
                return List.of();
              }
            }),
        new Sabotage(
            "S3",
            GOV_002,
            new Defences() {
              @Override
              public List<Finding> coded(RuntimeException problem) {
                return List.of();
              }
            }));
  }

  private static Defences without(AwoCode code) {
    return new Defences() {
      @Override
      public Integrity integrity(Snapshot run) {
        Integrity found = Integrity.verify(run);
        List<Finding> others =
            found.findings().stream().filter(finding -> finding.code() != code).toList();
        return new Integrity(found.root(), found.files(), others);
      }
    };
  }

  private static Defences goingOn() {
    return new Defences() {
      @Override
      public boolean stops(Finalizer.Stage stage) {
        return false;
      }
    };
  }

  private static Defences uncanonical() {
    return new Defences() {
      @Override
      public RunFiles canonical(RunFiles run) {
        return run;
      }
    };
  }

  /// An archive that holds when its files were written.
  private static byte[] agedArchive(Workspace workspace, RunName run) {
    var archive = new ByteArrayOutputStream();
    archive.writeBytes(Sealing.archive(workspace.snapshot(run)));
    try {
      for (String path : workspace.snapshot(run).files().keySet()) {
        var time = Files.getLastModifiedTime(workspace.run(run).resolve(path));
        archive.writeBytes(new byte[] {(byte) (time.toMillis() == 0 ? 0 : 1)});
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return archive.toByteArray();
  }
}
