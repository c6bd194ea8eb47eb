package dev.fedcore.engine.ledger;

/// Something to be told to the outside after its transaction has committed, at least once.
///
/// @param id by which the receiver recognises a repetition; unique for ever
/// @param destination who is told, such as `webhook`
/// @param stream messages of one stream reach one destination in the order they were written
public record OutboxMessage(String id, String destination, StreamId stream, Payload body) {}
