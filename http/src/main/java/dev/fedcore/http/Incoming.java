package dev.fedcore.http;

import java.util.Optional;

/// A request as it comes off the wire, before anybody knows which route it is for.
public interface Incoming {

  /// In upper case.
  String method();

  /// The path as it was sent, percent-encoded, without the query.
  String path();

  /// The query as it was sent, percent-encoded, without the question mark; empty when there is
  /// none.
  String query();

  /// The first header of that name, whatever its case.
  Optional<String> header(String name);

  /// Reads the body, once.
  ///
  /// @throws ProblemFound if it has more than `bytesMax` bytes, after reading past them
  byte[] body(int bytesMax);
}
