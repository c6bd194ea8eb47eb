package dev.fedcore.engine.log;

import dev.fedcore.evidence.note.Checkpoint;

/// How a signed checkpoint reaches the public, where that takes more than to sign it.
public interface Publication {

  /// Where the log keeps signed checkpoints that are not yet public, in its directory.
  String SIGNED = "checkpoint.signed";

  /// Takes a checkpoint that is signed and durable. Does not wait until it is public. The same one
  /// may be given again.
  ///
  /// @param note with the log's signature and no other
  void signed(Checkpoint checkpoint, String note);

  /// How many entries the public checkpoint covers; 0 without one. What readers of that size need
  /// of the tiles stays.
  long publishedSize();
}
