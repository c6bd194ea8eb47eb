package dev.fedcore.http.erasure;

import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Access;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Request;
import dev.fedcore.kernel.identity.Role;

/// A person is to be erased from the tenant of whoever asks: the body of `POST /erasures`.
///
/// @param subject an actor's name, an e-mail address or a telephone number; 1 to 320 characters,
///   which is the longest e-mail address (RFC 5321)
/// @param reason why, in words; 1 to 2,000 characters
public record ErasureRequest(String subject, String reason) {

  /// Where every service takes it.
  public static final String PATH = "/erasures";

  /// The scope of the tokens by which Federation Core hands an erasure on.
  public static final String SCOPE = "erase";

  /// Who may ask a service that is asked by Federation Core, too.
  public static final Access ACCESS = Access.needs(SCOPE, Role.ADMIN);

  private static final int SUBJECT_LENGTH_MAX = 320;
  private static final int REASON_LENGTH_MAX = 2_000;
  private static final String SUBJECT = "subject";
  private static final String REASON = "reason";

  /// Reads the body.
  ///
  /// @throws MalformedInput that points to what is wrong; a subject that is nobody's name is, too
  public static ErasureRequest read(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    String subject = said(fields, SUBJECT, SUBJECT_LENGTH_MAX);
    String reason = said(fields, REASON, REASON_LENGTH_MAX);
    fields.end();
    if (!SubjectKeys.isPerson(subject)) {
      throw new MalformedInput(
          fields.pointer(SUBJECT), "is nobody's name: anonymous and fedcore are no people");
    }
    return new ErasureRequest(subject, reason);
  }

  /// The body.
  public JsonObject json() {
    return JsonObject.builder().put(REASON, reason).put(SUBJECT, subject).build();
  }

  private static String said(JsonFields fields, String name, int lengthMax) {
    String text = fields.string(name, lengthMax);
    if (text.isBlank()) {
      throw new MalformedInput(fields.pointer(name), "must not be empty");
    }
    return text;
  }
}
