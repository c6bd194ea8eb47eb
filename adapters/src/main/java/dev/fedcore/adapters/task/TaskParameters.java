package dev.fedcore.adapters.task;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.Principal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a task is made of, checked and with its defaults filled in.
///
/// @param list a plain name, like `key` and `parentKey`: ASCII letters, digits, `_`, `.` and `-`
/// @param due a calendar date, without a time zone
/// @param amountMinor what it is about, in the currency's smallest unit
/// @param key a name by which later tasks of the tenant can refer to this one
/// @param parentKey the key of a task that is there when this one is made
record TaskParameters(
    String title,
    String description,
    String list,
    Priority priority,
    Optional<String> assignee,
    Optional<LocalDate> due,
    List<String> labels,
    long amountMinor,
    Optional<String> key,
    Optional<String> parentKey) {

  /// The longest title, in UTF-16 units: one line on a screen, or two.
  static final int TITLE_LENGTH_MAX = 200;

  /// The longest description, in UTF-16 units: a printed page.
  static final int DESCRIPTION_LENGTH_MAX = 4_000;

  /// The longest plain name, in characters; it stands in paths and rows.
  static final int NAME_LENGTH_MAX = 64;

  /// The most labels a task has; more would be a description.
  static final int LABELS_MAX = 16;

  /// The longest label, in UTF-16 units.
  static final int LABEL_LENGTH_MAX = 64;

  /// The largest amount: ten trillion in cents, which a JSON number still holds exactly.
  static final long AMOUNT_MINOR_MAX = 1_000_000_000_000_000L;

  /// The list of tasks that name none.
  static final String DEFAULT_LIST = "inbox";

  private static final String POINTER = "/parameters";
  private static final int DATE_LENGTH = "2026-01-31".length();

  TaskParameters {
    labels = List.copyOf(labels);
  }

  /// How soon a task is wanted.
  enum Priority {
    LOW,
    NORMAL,
    HIGH,
    URGENT;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Reads the parameters of an action.
  ///
  /// @throws MalformedInput with a pointer below `/parameters`
  static TaskParameters read(JsonObject parameters) {
    JsonFields fields = JsonFields.of(TaskForm.REQUIRED.underOneName(parameters), POINTER);
    var read =
        new TaskParameters(
            title(fields),
            bounded(fields, "description", DESCRIPTION_LENGTH_MAX).orElse(""),
            name(fields, "list").orElse(DEFAULT_LIST),
            fields.optionalOneOf("priority", Priority.class).orElse(Priority.NORMAL),
            assignee(fields),
            due(fields),
            labels(fields),
            fields.optionalInteger("amount_minor", 0, AMOUNT_MINOR_MAX).orElse(0),
            name(fields, "key"),
            name(fields, "parent_key"));
    fields.end();
    return read;
  }

  /// The normal form. Reading it again gives the same parameters.
  Action action() {
    return new Action("list/" + list, normal());
  }

  JsonObject normal() {
    var members =
        JsonObject.builder()
            .put("amount_minor", amountMinor)
            .put("description", description)
            .put("labels", JsonArray.ofStrings(labels))
            .put("list", list)
            .put("priority", priority.text())
            .put("title", title);
    assignee.ifPresent(name -> members.put("assignee", name));
    due.ifPresent(date -> members.put("due", date.toString()));
    key.ifPresent(name -> members.put("key", name));
    parentKey.ifPresent(name -> members.put("parent_key", name));
    return members.build();
  }

  /// What later steps see: the same for the same parameters, so neither id nor time is in it.
  JsonObject output() {
    return JsonObject.builder()
        .put("created", true)
        .put("list", list)
        .put("priority", priority.text())
        .put("title", title)
        .build();
  }

  private static String title(JsonFields fields) {
    String title = fields.string("title", TITLE_LENGTH_MAX);
    if (title.isBlank()) {
      throw problem(fields, "title", "must not be blank");
    }
    if (title.chars().anyMatch(Character::isISOControl)) {
      throw problem(fields, "title", "must be one line, without control characters");
    }
    return title;
  }

  private static Optional<String> assignee(JsonFields fields) {
    Optional<String> assignee = fields.optionalString("assignee");
    if (assignee.filter(name -> !Principal.isActorName(name)).isPresent()) {
      throw problem(
          fields, "assignee", "must be an actor's name: 1 to 128 visible ASCII characters");
    }
    return assignee;
  }

  private static Optional<LocalDate> due(JsonFields fields) {
    return fields.optionalString("due").map(text -> date(fields, text));
  }

  private static LocalDate date(JsonFields fields, String text) {
    try {
      if (text.length() == DATE_LENGTH) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException _) {
      // Refused below, like any other text that is no date.
    }
    throw problem(fields, "due", "must be a date of the calendar, written as 2026-01-31");
  }

  private static List<String> labels(JsonFields fields) {
    List<String> labels = fields.strings("labels");
    if (labels.size() > LABELS_MAX) {
      throw problem(
          fields, "labels", "has %d labels; at most %d fit".formatted(labels.size(), LABELS_MAX));
    }
    for (int i = 0; i < labels.size(); i++) {
      int length = labels.get(i).length();
      if (length < 1 || length > LABEL_LENGTH_MAX) {
        throw new MalformedInput(
            JsonPointers.child(fields.pointer("labels"), i), "a label has 1 to 64 characters");
      }
    }
    return labels;
  }

  private static Optional<String> bounded(JsonFields fields, String name, int lengthMax) {
    return fields.has(name) ? Optional.of(fields.string(name, lengthMax)) : Optional.empty();
  }

  private static Optional<String> name(JsonFields fields, String name) {
    Optional<String> text = fields.optionalString(name);
    if (text.filter(t -> !isPlainName(t)).isPresent()) {
      throw problem(fields, name, "must be 1 to 64 letters, digits, '_', '.' or '-'");
    }
    return text;
  }

  private static boolean isPlainName(String text) {
    return !text.isEmpty()
        && text.length() <= NAME_LENGTH_MAX
        && text.chars().allMatch(TaskParameters::isPlain);
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }

  private static MalformedInput problem(JsonFields fields, String name, String problem) {
    return new MalformedInput(fields.pointer(name), problem);
  }
}
