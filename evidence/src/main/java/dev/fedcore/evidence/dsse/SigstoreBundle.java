package dev.fedcore.evidence.dsse;

import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.keys.VerifyingKey;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.note.TlogProof;
import java.nio.charset.StandardCharsets;

/// A Sigstore bundle, version 0.3: an envelope, the hint whose key it was, and that it is in a log.
/// Made of its parts alone, so that a verifier makes it again and compares.
///
/// @see <a href="https://github.com/sigstore/protobuf-specs">Sigstore protobuf-specs</a>
public final class SigstoreBundle {

  /// The media type of version 0.3.
  public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  private SigstoreBundle() {}

  /// The canonical document.
  ///
  /// @param proof that the [LogLeaf] of `envelope` and `key` is in the log
  /// @param log who signed the proof's checkpoint
  public static byte[] of(Envelope envelope, VerifyingKey key, TlogProof proof, NoteVerifier log) {
    var writer = new CanonicalWriter().beginObject().name("dsseEnvelope");
    envelope.writeTo(writer).name("mediaType").string(MEDIA_TYPE);
    writer.name("verificationMaterial").beginObject();
    writer.name("publicKey").beginObject().name("hint").string(envelope.keyId()).endObject();
    writer.name("tlogEntries").beginArray();
    entry(writer, LogLeaf.of(envelope, key), proof, log);
    return writer.endArray().endObject().endObject().toBytes();
  }

  private static void entry(
      CanonicalWriter writer, byte[] leaf, TlogProof proof, NoteVerifier log) {
    byte[] note = proof.checkpoint().getBytes(StandardCharsets.UTF_8);
    var checkpoint = Checkpoint.parse(Note.parse(note).text());
    String index = Long.toString(proof.index());
    writer.beginObject().name("canonicalizedBody").string(Envelope.encode(leaf));
    writer.name("inclusionProof").beginObject();
    writer.name("checkpoint").beginObject();
    writer.name("envelope").string(proof.checkpoint()).endObject();
    writer.name("hashes").beginArray();
    proof.hashes().forEach(hash -> writer.string(Envelope.encode(hash)));
    writer.endArray().name("logIndex").string(index);
    writer.name("rootHash").string(Envelope.encode(checkpoint.root()));
    writer.name("treeSize").string(Long.toString(checkpoint.size())).endObject();
    writer.name("integratedTime").string("0");
    writer.name("kindVersion").beginObject().name("kind").string(LogLeaf.KIND);
    writer.name("version").string(LogLeaf.VERSION).endObject();
    writer.name("logId").beginObject();
    writer.name("keyId").string(Envelope.encode(log.keyHash())).endObject();
    writer.name("logIndex").string(index).endObject();
  }
}
