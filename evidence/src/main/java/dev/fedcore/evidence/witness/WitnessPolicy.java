package dev.fedcore.evidence.witness;

import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteVerifier;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which logs are believed, and how many of which witnesses must have cosigned a checkpoint.
///
/// @param known the logs; none where they are known from elsewhere
/// @param witnesses in the order of the file
/// @param quorum which of them are enough
/// @param quorumName as the file calls it, or `none`
/// @see <a href="https://c2sp.org/tlog-policy">C2SP tlog-policy</a>
public record WitnessPolicy(
    List<Log> known, List<Witness> witnesses, Quorum quorum, String quorumName)
    implements CheckpointTrust {

  /// The largest policy file, in bytes: 64 KiB, a hundred times an ordinary one.
  public static final int BYTES_MAX = 1 << 16;

  public WitnessPolicy {
    known = List.copyOf(known);
    witnesses = List.copyOf(witnesses);
  }

  /// A log. Its key's name is its origin.
  ///
  /// @param url where its checkpoint and tiles are, if the file says so
  public record Log(NoteVerifier key, Optional<URI> url) {}

  /// A witness.
  ///
  /// @param name for the policy file alone
  /// @param url the prefix of its `add-checkpoint`, if the file says so
  public record Witness(String name, NoteVerifier key, Optional<URI> url) {}

  /// A witness's word about one checkpoint.
  ///
  /// @param time as the witness says, to the second
  public record Cosignature(Witness witness, Instant time) {}

  /// Reads a policy file.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput that names the line
  public static WitnessPolicy parse(byte[] file) {
    return PolicyReader.policy(file);
  }

  @Override
  public List<NoteVerifier> logs() {
    return known.stream().map(Log::key).toList();
  }

  /// This policy with this log's key beside those of the file.
  public WitnessPolicy withLog(NoteVerifier key) {
    if (logs().stream().anyMatch(key::hasSameKeyAs)) {
      return this;
    }
    var more = new ArrayList<>(known);
    more.add(new Log(key, Optional.empty()));
    return new WitnessPolicy(more, witnesses, quorum, quorumName);
  }

  /// {@inheritDoc}
  ///
  /// A log of this policy must have signed, by the name that the checkpoint has as its origin, and
  /// the quorum must have cosigned.
  @Override
  public Checkpoint open(byte[] note) {
    Note parsed = Note.parse(note);
    Checkpoint checkpoint = Checkpoint.parse(parsed.text());
    boolean signed =
        logs().stream()
            .filter(log -> log.name().equals(checkpoint.origin()))
            .anyMatch(log -> parsed.signatureOf(log).isPresent());
    if (!signed) {
      throw new EvidenceRejected("no log of the policy signed this checkpoint");
    }
    Set<String> names =
        cosignatures(parsed).stream()
            .map(cosignature -> cosignature.witness().name())
            .collect(Collectors.toSet());
    if (!quorum.isMetBy(names)) {
      throw new EvidenceRejected(
          "the quorum %s is not met: cosigned by %s of %d witnesses"
              .formatted(quorumName, names.isEmpty() ? "none" : sorted(names), witnesses.size()));
    }
    return checkpoint;
  }

  /// Who of this policy cosigned `note`, and when.
  ///
  /// @throws EvidenceRejected when a cosignature of a known key does not verify
  public List<Cosignature> cosignatures(Note note) {
    var found = new ArrayList<Cosignature>();
    for (Witness witness : witnesses) {
      note.signatureOf(witness.key())
          .ifPresent(line -> found.add(new Cosignature(witness, witness.key().time(line))));
    }
    return List.copyOf(found);
  }

  private static String sorted(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }
}
