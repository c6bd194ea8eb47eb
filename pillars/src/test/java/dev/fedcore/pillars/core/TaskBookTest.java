package dev.fedcore.pillars.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskBookTest {

  private static final String TENANT = "default";

  /// As long as an answer that quotes a file of 100,000 characters may be.
  private static final JsonObject LARGE =
      JsonObject.builder().put("prompt", "x".repeat(600_000)).build();

  private static final int LARGE_FIT = TaskBook.BYTES_MAX / LARGE.canonicalBytes().length;

  private final TaskBook book = new TaskBook();

  private void answered(int task, JsonObject answer) {
    book.begin(TENANT, "task-" + task, "hash");
    book.answered(TENANT, "task-" + task, answer);
  }

  private Optional<JsonObject> state(int task) {
    return book.state(TENANT, "task-" + task);
  }

  @Test
  void as_many_tasks_are_remembered_as_there_is_room_for_their_answers() {
    for (int task = 0; task <= LARGE_FIT; task++) {
      answered(task, LARGE);
    }

    assertThat(state(0)).isEmpty();
    assertThat(state(2)).isPresent();
    assertThat(book.begin(TENANT, "task-" + LARGE_FIT, "hash"))
        .isEqualTo(new TaskBook.Beginning.Answered(LARGE));
  }

  @Test
  void many_small_tasks_are_counted() {
    for (int task = 0; task <= TaskBook.TASKS_MAX; task++) {
      answered(task, JsonObject.EMPTY);
    }

    assertThat(state(0)).isEmpty();
    assertThat(state(1)).isPresent();
  }

  @Test
  void what_was_forgotten_or_took_the_place_of_another_state_takes_no_room() {
    answered(0, LARGE);
    for (int task = 1; task <= LARGE_FIT; task++) {
      answered(task, LARGE);
      book.become(TENANT, "task-" + task, TaskBook.state("failed"));
      book.forget(TENANT, "task-" + task);
    }

    assertThat(state(0)).isPresent();
  }

  @Test
  void a_neighbours_text_is_cut_where_no_character_breaks() {
    String words = "r".repeat(TaskBook.TOLD_LENGTH_MAX - 2) + "\uD83D\uDE00".repeat(1_000);
    var told =
        JsonObject.builder().put("run_id", "run-1").put("gate_id", 7).put("reason", words).build();

    JsonObject state = TaskBook.state("sent", new JsonString(words), told);

    String cut = "r".repeat(TaskBook.TOLD_LENGTH_MAX - 2) + "…";
    assertThat(state.get("run_id")).contains(new JsonString("run-1"));
    assertThat(state.get("gate_id")).contains(JsonNull.NULL);
    assertThat(state.get("reason")).contains(new JsonString(cut));
    assertThat(state.get("detail")).contains(new JsonString(cut));
  }
}
