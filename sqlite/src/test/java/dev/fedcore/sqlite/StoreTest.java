package dev.fedcore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One file with its lock, its schema, its writer and its readers.
class StoreTest {

  @TempDir Path directory;

  @Test
  void reads_what_was_written() {
    try (var store = open("notes.db")) {
      assertThat(add(store, "a")).isEqualTo(1);
      assertThat(add(store, "b")).isEqualTo(2);

      assertThat(texts(store)).containsExactly("a", "b");
      assertThat(
              store.first(
                  "find", "SELECT number FROM note WHERE text = ?", row -> row.getLong(1), "b"))
          .contains(2L);
      assertThat(store.commits()).isEqualTo(2);
    }
  }

  @Test
  void keeps_what_was_written_when_it_is_opened_again_and_leaves_one_file() throws IOException {
    try (var store = open("notes.db")) {
      add(store, "a");
    }
    try (var files = Files.list(directory)) {
      assertThat(files)
          .map(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("notes.db", "notes.lock");
    }

    try (var again = open("notes.db")) {
      assertThat(texts(again)).containsExactly("a");
      assertThat(add(again, "b")).isEqualTo(2);
    }
  }

  @Test
  void makes_the_directory_that_it_lies_in() {
    try (var store = open("deeper/still/notes.db")) {
      assertThat(texts(store)).isEmpty();
    }
  }

  @Test
  void says_that_a_file_is_damaged_and_what_helps() throws IOException {
    try (var store = open("notes.db")) {
      add(store, "a".repeat(20_000));
    }
    try (var file = new RandomAccessFile(directory.resolve("notes.db").toFile(), "rw")) {
      file.setLength(8_192);
    }

    assertThatThrownBy(() -> open("notes.db"))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessage(
            "open the note table %s: the file is damaged: put it aside, and start from a "
                    .formatted(directory.resolve("notes.db"))
                + "backup (docs/operations.md)");
  }

  @Test
  void is_open_once() {
    try (var _ = open("notes.db")) {
      assertThatThrownBy(() -> open("notes.db"))
          .isInstanceOf(StoreRefused.class)
          .hasMessage(
              "the data directory %s is in use by another running server:".formatted(directory)
                  + " stop that one first, or start this one with another data directory");
    }
  }

  @Test
  void shares_its_directory_with_others() {
    try (var _ = open("notes.db");
        var other = open("other.db")) {
      assertThat(texts(other)).isEmpty();
    }
  }

  @Test
  void is_free_again_when_it_could_not_be_opened() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.db"), "no database ".repeat(100));
    assertThatThrownBy(() -> open("notes.db")).isInstanceOf(StoreRefused.class);
    Files.delete(file);

    try (var store = open("notes.db")) {
      assertThat(texts(store)).isEmpty();
    }
  }

  @Test
  void that_is_closed_is_closed_for_good_and_locks_nobody_out() {
    var store = open("notes.db");
    store.close();
    try (var _ = open("notes.db")) {
      store.close();

      assertThatThrownBy(() -> open("notes.db")).isInstanceOf(StoreRefused.class);
      assertThatThrownBy(() -> add(store, "a"))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessage("add: the note table is closed");
      assertThatThrownBy(() -> texts(store))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessage("read: the note table is closed");
    }
  }

  private Store<Notes> open(String name) {
    return Store.open(directory.resolve(name), Notes.SCHEMA, Notes::new);
  }

  private static long add(Store<Notes> store, String text) {
    return store.write("add", 1, notes -> notes.add(text));
  }

  private static List<String> texts(Store<Notes> store) {
    return store.list("read", "SELECT text FROM note ORDER BY number", row -> row.getString(1));
  }
}
