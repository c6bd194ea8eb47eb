package dev.fedcore.engine.ledger;

/// An entry where it stands in the log.
///
/// @param index its place among all entries of all streams, from 0; also its leaf index
/// @param seq its place in its own stream, from 0
public record LoggedEntry(long index, StreamId stream, long seq, Document document) {}
