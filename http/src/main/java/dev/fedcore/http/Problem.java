package dev.fedcore.http;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/// An error as a client sees it: problem details for HTTP APIs, RFC 9457.
///
/// The kind is the contract; `detail` is for people and may change. Nothing from an exception that
/// is our own fault ever reaches one.
///
/// @param errors the places in the request that are wrong; empty when no place is to blame
/// @param extensions members of this kind of problem, such as `allowed`
/// @param headers such as `Allow` or `Retry-After`
public record Problem(
    ProblemType kind,
    String detail,
    List<Place> errors,
    JsonObject extensions,
    List<Response.Field> headers) {

  /// The URI that a kind's slug is appended to. Names the kind for ever.
  public static final String TYPE_PREFIX = "https://fedcore.dev/problems/";

  public Problem {
    errors = List.copyOf(errors);
    headers = List.copyOf(headers);
  }

  /// One wrong place.
  ///
  /// @param pointer RFC 6901; "" for the whole body
  public record Place(String pointer, String detail) {}

  public static Problem of(ProblemType kind, String detail) {
    return new Problem(kind, detail, List.of(), JsonObject.EMPTY, List.of());
  }

  /// A problem with one place in the body.
  public static Problem at(ProblemType kind, String pointer, String detail) {
    String where = pointer.isEmpty() ? "" : " at " + pointer;
    return of(kind, "the request is not acceptable" + where + ": " + detail)
        .withErrors(List.of(new Place(pointer, detail)));
  }

  public Problem withErrors(List<Place> places) {
    return new Problem(kind, detail, places, extensions, headers);
  }

  /// A copy with one more extension member.
  public Problem with(String name, JsonValue value) {
    return new Problem(kind, detail, errors, extensions.with(name, value), headers);
  }

  /// A copy with one more header.
  public Problem withHeader(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Response.Field(name, value));
    return new Problem(kind, detail, errors, extensions, more);
  }

  /// The response that says so.
  ///
  /// @param instance the path of the request
  public Response toResponse(String instance, TraceId trace) {
    var members = JsonObject.builder();
    members.put("type", TYPE_PREFIX + kind.slug());
    members.put("title", kind.title());
    members.put("status", kind.status());
    members.put("detail", Wellformed.text(detail));
    members.put("instance", Wellformed.text(instance));
    members.put("code", kind.code());
    members.put("trace_id", trace.value());
    if (!errors.isEmpty()) {
      members.put("errors", new JsonArray(errors.stream().map(Problem::place).toList()));
    }
    extensions.members().forEach(members::put);
    byte[] body = members.build().canonicalBytes();
    return new Response(kind.status(), MediaTypes.PROBLEM, headers, new Response.Body.Bytes(body));
  }

  private static JsonValue place(Place place) {
    return JsonObject.builder()
        .put("pointer", Wellformed.text(place.pointer()))
        .put("detail", Wellformed.text(place.detail()))
        .build();
  }
}
