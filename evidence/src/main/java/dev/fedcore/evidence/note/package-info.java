/// Signed notes and checkpoints, as C2SP specifies them: who vouches for a log, and for which size
/// and root.
///
/// Ed25519 signatures and cosignatures only. Nothing here decides whom to trust: callers pass it in
/// as [CheckpointTrust]. Publishing refuses to contradict what was published before. [DurableFile]
/// and [PrivateDirectory] keep what is written.
///
/// Read in this order: [NoteSigner], [Cosigner], [NoteVerifier], [Note], [Checkpoint],
/// [CheckpointTrust], [CheckpointFile], [TlogProof].
///
/// @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
/// @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a>
@NullMarked
package dev.fedcore.evidence.note;

import org.jspecify.annotations.NullMarked;
