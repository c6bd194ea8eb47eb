package dev.fedcore.http;

/// Is told of every answer, once it is made. Called on the request's thread, so it must be quick.
@FunctionalInterface
public interface Watcher {

  /// One request has been answered.
  ///
  /// @param pattern the route's, or `unknown`
  /// @param nanos from the first byte of the head to the answer
  void answered(String method, String pattern, int status, long nanos);
}
