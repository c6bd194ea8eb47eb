package dev.fedcore.engine.erasure;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where one person is named in JSON.
///
/// An e-mail address or a telephone number is found in any text, whatever is around it but letters
/// and digits, and an address in any case of letters. Any other id is found only where it is all of
/// a text whose member names people, such as `user_id`: `task` may be a person, and is a word.
public final class Mentions {

  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9 ()./-]{6,}");

  /// Members that hold people.
  private static final Set<String> PEOPLE =
      Set.of(
          "actor",
          "actor_id",
          "approved_by",
          "approver",
          "approvers",
          "assigned_to",
          "assignee",
          "bcc",
          "by",
          "cc",
          "email",
          "owner",
          "phone",
          "recipient",
          "recipients",
          "requested_by",
          "requester",
          "requester_id",
          "required_approvers",
          "reviewer",
          "to",
          "user",
          "user_id");

  private final String subject;
  private final boolean isAnywhere;
  private final Pattern pattern;

  public Mentions(String subject) {
    this.subject = subject;
    this.isAnywhere = subject.contains("@") || NUMBER.matcher(subject).matches();
    this.pattern =
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])" + Pattern.quote(subject) + "(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /// Whether the person is named in `value`, which is not itself a member.
  public boolean in(JsonValue value) {
    return in("", value);
  }

  /// Whether the person is named in the member `name` of something.
  public boolean in(String name, JsonValue value) {
    return switch (value) {
      case JsonString(String text) ->
          isAnywhere ? pattern.matcher(text).find() : PEOPLE.contains(name) && text.equals(subject);
      case JsonArray array -> array.items().stream().anyMatch(item -> in(name, item));
      case JsonObject object ->
          object.members().entrySet().stream().anyMatch(m -> in(m.getKey(), m.getValue()));
      default -> false;
    };
  }

  /// The same words with `erased` wherever the name stands in them, whatever kind of name it is:
  /// for what is written down of the erasure itself.
  public String erasedFrom(String words) {
    return pattern.matcher(words).replaceAll(Matcher.quoteReplacement(Disclosed.ERASED));
  }

  /// The same value with `erased` where the person was named.
  JsonValue erasedFrom(String name, JsonValue value) {
    return switch (value) {
      case JsonString(String text) -> new JsonString(erasedFrom(name, text));
      case JsonArray array ->
          new JsonArray(array.items().stream().map(item -> erasedFrom(name, item)).toList());
      case JsonObject object -> erasedFrom(object);
      default -> value;
    };
  }

  JsonObject erasedFrom(JsonObject object) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    object.members().forEach((name, value) -> members.put(name, erasedFrom(name, value)));
    return JsonObject.of(members);
  }

  private String erasedFrom(String name, String text) {
    if (isAnywhere) {
      return erasedFrom(text);
    }
    return PEOPLE.contains(name) && text.equals(subject) ? Disclosed.ERASED : text;
  }
}
