package dev.fedcore.pillars.core.upload;

import dev.fedcore.pillars.core.agent.ActionType;
import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.agent.Decision.Workflow;
import dev.fedcore.pillars.core.agent.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;

/// A text that came as a file. It goes into what is sent, behind the user's own words, and is never
/// read as an order.
///
/// @param name as the sender calls it, without folders, in one line
/// @param text with line feeds only
public record Attachment(String name, String text) {

  /// What stands for the file while an order is read that lacks nothing else.
  private static final String MARK = "[attached file]";

  private static final String NAMELESS = "file";
  private static final int NAME_LENGTH_MAX = 100;

  /// The text of a file; empty when it is none in UTF-8, such as a picture.
  public static Optional<Attachment> of(String name, byte[] bytes) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes))
              .toString()
              .replace("\r\n", "\n")
              .strip();
      boolean isText =
          text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
      return isText ? Optional.of(new Attachment(line(name), text)) : Optional.empty();
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static String line(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain = last.replaceAll("\\p{Cntrl}", "").strip();
    String bare = plain.substring(0, Math.min(plain.length(), NAME_LENGTH_MAX));
    return bare.isEmpty() ? NAMELESS : bare;
  }

  /// The order of someone who lets the file say the rest: "Email ops@example.org".
  public String completing(String order) {
    return order.strip().replaceFirst("[.!?:]+$", "") + ": " + MARK;
  }

  /// The action with this file behind its words; a question if that is too much for it.
  public Decision behind(Workflow action) {
    var texts = new HashMap<>(action.fields().texts());
    texts.merge(mainField(action.type()), text, (words, file) -> words + "\n\n" + file);
    return checked(action.type(), texts);
  }

  /// The action that [#completing] led to, with this file in the place of its mark; empty if the
  /// mark is nowhere in it.
  public Optional<Decision> inPlaceOfMark(Workflow action) {
    var texts = new HashMap<>(action.fields().texts());
    boolean isThere = texts.values().stream().anyMatch(value -> value.contains(MARK));
    texts.replaceAll((field, value) -> value.replace(MARK, Fields.isLine(field) ? name : text));
    if (action.type() == ActionType.TASK) {
      texts.put(mainField(ActionType.TASK), text);
    }
    return isThere ? Optional.of(checked(action.type(), texts)) : Optional.empty();
  }

  private static Decision checked(ActionType type, HashMap<String, String> texts) {
    var fields = new Fields(texts);
    return fields
        .problem(type)
        .<Decision>map(problem -> new Decision.Ask("With the file, " + problem + "."))
        .orElseGet(() -> new Workflow(type, fields));
  }

  private static String mainField(ActionType type) {
    return switch (type) {
      case TASK -> "description";
      case EMAIL -> "body";
      case WHATSAPP -> "message";
      case AI -> "prompt";
    };
  }
}
