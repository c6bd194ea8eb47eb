package dev.fedcore.http;

/// Answers one kind of request. Called on a virtual thread of its own, so it may block.
///
/// May throw [ProblemFound] and `MalformedInput`; both are the client's to see. Anything else that
/// is thrown is our fault: the client gets a 500 without detail, and the log gets the rest.
@FunctionalInterface
public interface Handler {

  Response handle(Request request);
}
