package dev.fedcore.policy.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.kernel.identity.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may sign bundles, and which bundles are not wanted whoever signed them.
///
/// The file has a line `key` with a verifier key (C2SP signed-note, Ed25519) for each who may sign,
/// and a line `revoked` with a bundle's hash for each that is not wanted; `#` begins a comment.
///
/// @param keys at least one
public record PolicyKeys(List<NoteVerifier> keys, Set<Digest> revoked) {

  /// The largest file that is read, in bytes: 1 MiB, some ten thousand lines.
  public static final int BYTES_MAX = 1 << 20;

  public PolicyKeys {
    keys = List.copyOf(keys);
    revoked = Set.copyOf(revoked);
  }

  /// Reads a file.
  ///
  /// @throws MalformedInput that names the line, from 1
  public static PolicyKeys parse(byte[] file) {
    if (file.length > BYTES_MAX) {
      throw new MalformedInput("", "it has more than %,d bytes".formatted(BYTES_MAX));
    }
    var keys = new ArrayList<NoteVerifier>();
    var revoked = new HashSet<Digest>();
    List<String> lines = new String(file, UTF_8).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        read(lines.get(i).strip(), keys, revoked);
      } catch (EvidenceRejected e) {
        throw new MalformedInput("", "line %d: %s".formatted(i + 1, e.reason()));
      } catch (IllegalArgumentException e) {
        throw new MalformedInput("", "line %d: %s".formatted(i + 1, e.getMessage()));
      }
    }
    if (keys.isEmpty()) {
      throw new MalformedInput("", "it names nobody who may sign: write a line \"key KEY\"");
    }
    return new PolicyKeys(keys, revoked);
  }

  private static void read(String line, List<NoteVerifier> keys, Set<Digest> revoked) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    String[] words = line.split("[ \t]+", -1);
    if (words.length != 2) {
      throw new IllegalArgumentException("must be \"key KEY\" or \"revoked HASH\"");
    }
    switch (words[0]) {
      case "key" -> keys.add(signer(words[1]));
      case "revoked" -> revoked.add(new Digest(words[1]));
      default ->
          throw new IllegalArgumentException(
              "begins with \"%s\", not with key or revoked".formatted(words[0]));
    }
  }

  private static NoteVerifier signer(String vkey) {
    NoteVerifier key = NoteVerifier.parse(vkey);
    if (key.isCosigner()) {
      throw new IllegalArgumentException(
          key.name() + " is a witness's key; make one with fedcore policy key");
    }
    return key;
  }

  /// The names of the keys by which `note` is well signed.
  ///
  /// @throws EvidenceRejected when a signature by one of the keys does not hold
  public List<String> signers(Note note) {
    return keys.stream()
        .filter(key -> note.signatureOf(key).isPresent())
        .map(NoteVerifier::name)
        .distinct()
        .toList();
  }

  /// Why a bundle may not decide, and what to do about it; empty when it may.
  ///
  /// @param note what is signed, with the bundle's signatures
  public Optional<String> objection(Digest hash, Note note) {
    if (revoked.contains(hash)) {
      return Optional.of("the bundle %s is revoked; activate another version".formatted(hash));
    }
    if (note.signatures().isEmpty()) {
      return Optional.of("is missing; sign the bundle with fedcore policy sign FILE --key KEY");
    }
    try {
      return signers(note).isEmpty() ? Optional.of(signedByNobodyKnown(note)) : Optional.empty();
    } catch (EvidenceRejected e) {
      return Optional.of(
          e.reason() + ": the bundle is not the one that was signed; let it be signed again");
    }
  }

  private String signedByNobodyKnown(Note note) {
    String claimed =
        note.signatures().stream().map(SignatureLine::name).collect(Collectors.joining(", "));
    String trusted = keys.stream().map(NoteVerifier::name).collect(Collectors.joining(", "));
    return "the bundle is signed by %s and by none of the keys that may: "
        .concat("%s; sign it with one of those")
        .formatted(claimed, trusted);
  }
}
