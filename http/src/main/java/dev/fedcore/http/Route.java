package dev.fedcore.http;

/// One operation: which requests it answers, who may send them, and how they are answered.
///
/// @param method in upper case, such as `PATCH`
/// @param pattern such as `/workflows/runs/{run_id}`. A segment is a literal, a parameter `{name}`,
///   a parameter with a literal ending `{name}:resume`, or, at the very end, `{name*}` for all the
///   segments that are left
public record Route(String method, String pattern, Access access, Handler handler) {

  public Route {
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException("a pattern starts with a slash, got " + pattern);
    }
  }
}
