package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.log.DirectoryTiles;
import dev.fedcore.evidence.log.LogProofs;
import dev.fedcore.evidence.log.TileHashes;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointFile;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.TlogProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The log of all attestations of one root, in the C2SP layout, below `governance/log`. One process
/// appends at a time; others wait for its lock.
record AttestationLog(Path directory, NoteSigner signer) {

  private static final String LOCK = ".lock";

  /// Appends leaves, publishes a checkpoint that covers them, and proves each.
  List<TlogProof> append(List<byte[]> leaves) {
    try {
      Files.createDirectories(directory);
      Path lock = directory.resolve(LOCK);
      try (var channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        return appendLocked(leaves);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing the log in " + directory, e);
    }
  }

  private List<TlogProof> appendLocked(List<byte[]> leaves) {
    var published = CheckpointFile.open(directory.resolve(TileLog.CHECKPOINT), signer);
    TileLog log = TileLog.open(directory);
    long first = log.size();
    log.append(leaves);
    log.flush();
    var tiles = new DirectoryTiles(directory);
    var checkpoint = new Checkpoint(signer.name(), log.size(), log.root());
    String note = published.publish(checkpoint, new TileHashes(tiles, log.size()));
    log.removeSupersededPartials(log.size());
    var proofs = new ArrayList<TlogProof>();
    for (long index = first; index < log.size(); index++) {
      var inclusion = LogProofs.inclusion(tiles, index, log.size());
      proofs.add(new TlogProof(index, inclusion.hashes(), note));
    }
    return proofs;
  }
}
