package dev.fedcore.http;

import java.util.Locale;
import java.util.Set;

/// The media types that are spoken here.
public final class MediaTypes {

  public static final String JSON = "application/json";
  public static final String PROBLEM = "application/problem+json";
  public static final String TEXT = "text/plain; charset=utf-8";
  public static final String EVENTS = "text/event-stream";
  public static final String BYTES = "application/octet-stream";

  /// What a YAML document may be sent as.
  public static final Set<String> YAML =
      Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");

  private MediaTypes() {}

  /// Leaves the parameters out: `application/json; charset=utf-8` is `application/json`.
  static String bare(String header) {
    int semicolon = header.indexOf(';');
    String bare = semicolon < 0 ? header : header.substring(0, semicolon);
    return bare.strip().toLowerCase(Locale.ROOT);
  }
}
