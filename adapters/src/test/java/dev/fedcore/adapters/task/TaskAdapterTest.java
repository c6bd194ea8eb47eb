package dev.fedcore.adapters.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.adapters.AdapterContract;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.AdapterOutcome.InDoubt;
import dev.fedcore.engine.adapter.AdapterOutcome.NotNow;
import dev.fedcore.engine.adapter.AdapterOutcome.Rejected;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.sqlite.StoreRefused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskAdapterTest extends AdapterContract {

  private static final TenantId OTHER_TENANT = new TenantId("umbrella");

  @TempDir private Path directory;
  private @Nullable TaskStore store;
  private @Nullable TaskAdapter main;

  @Override
  protected TaskAdapter adapter() {
    TaskAdapter adapter = main;
    if (adapter == null) {
      adapter = adapterWith(office);
      main = adapter;
    }
    return adapter;
  }

  @Override
  protected TaskAdapter adapterWith(Permits permits) {
    TaskStore shared = store;
    if (shared == null) {
      shared = TaskStore.open(directory);
      store = shared;
    }
    return new TaskAdapter(shared, permits, clock);
  }

  @Override
  protected JsonObject parameters(int number) {
    return titled("task " + number).build();
  }

  @Override
  protected int effects() {
    adapter();
    try (var connection = raw();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM task")) {
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    TaskStore open = store;
    if (open != null) {
      open.close();
    }
  }

  @Test
  void says_what_it_is() {
    assertThat(adapter().type()).isEqualTo("task");
    assertThat(adapter().version()).isEqualTo("1");
    assertThat(adapter().effect()).isEqualTo(ActionForm.Effect.REVERSIBLE);
    assertThat(adapter().dedup()).isEqualTo(ActionForm.Dedup.KEY);
  }

  @Test
  void puts_out_what_was_made_without_id_or_time() {
    JsonObject task = titled("Pay ACME").put("list", "billing").put("priority", "HIGH").build();

    assertThat(json(output(execute(1, task))))
        .isEqualTo(
            """
            {"created":true,"list":"billing","priority":"high","title":"Pay ACME"}\
            """);
  }

  @Test
  void names_a_task_after_the_time_of_its_run_and_its_effect_key() {
    // printf 'fedcore-01900000-0000-7000-8000-000000000001-act-1' | sha256sum | cut -c1-20
    assertThat(effect(execute(1, titled("a").build())))
        .isEqualTo("task_019000000000" + "8424d734b2223a01044e");
  }

  @Test
  void forgets_what_a_run_made_and_nothing_of_another() {
    execute(1, titled("a").build());
    execute(2, titled("b").build());

    adapter().forget(List.of(Permit.effectKeyPrefix(run(1)), Permit.effectKeyPrefix(run(3))));

    assertThat(adapter().page(TENANT, Optional.empty(), Optional.empty(), 10).tasks())
        .extracting(task -> JsonFields.of(task, "").string("title"))
        .containsExactly("b");
  }

  @Test
  void refuses_a_target_that_its_parameters_do_not_have() {
    var forged = new ActionForm.Action("list/other", action(1).parameters());
    Permit permit = office.issue(TENANT, run(1), new StepId("act"), 1, bound(forged), ACTOR);

    assertThatThrownBy(() -> adapter().execute(permit, forged))
        .hasMessageStartingWith("the permit is for action");
    assertThat(effects()).isZero();
  }

  @Test
  void rejects_parameters_that_were_never_normalised() {
    var bad = new ActionForm.Action("list/inbox", JsonObject.builder().put("x", 1).build());

    assertThat(adapter().execute(permit(run(1), 1, bad), bad))
        .isEqualTo(
            new Rejected("missing_task_title", "/parameters/title must be a string, is missing"));
    assertThat(effects()).isZero();
  }

  @Nested
  class A_key {

    @Test
    void is_taken_by_the_first_task_that_has_it() {
      execute(1, titled("first").put("key", "invoice-7").build());

      assertThat(execute(2, titled("second").put("key", "invoice-7").build()))
          .isEqualTo(new Rejected("task_key_taken", "another task has the key invoice-7"));
      assertThat(effects()).isEqualTo(1);
    }

    @Test
    void is_another_one_in_another_tenant() {
      execute(1, titled("first").put("key", "invoice-7").build());

      AdapterOutcome outcome =
          executeFor(OTHER_TENANT, 2, titled("second").put("key", "invoice-7").build());

      assertThat(outcome).isInstanceOf(AdapterOutcome.Done.class);
    }

    @Test
    void makes_a_task_a_parent() {
      execute(1, titled("parent").put("key", "p").build());

      assertThat(execute(2, titled("child").put("parent_key", "p").build()))
          .isInstanceOf(AdapterOutcome.Done.class);
    }

    @Test
    void that_no_task_has_makes_no_parent() {
      assertThat(execute(1, titled("child").put("parent_key", "p").build()))
          .isEqualTo(new Rejected("task_parent_unknown", "no task has the key p"));
      assertThat(effects()).isZero();
    }

    @Test
    void of_another_tenants_task_makes_no_parent() {
      executeFor(OTHER_TENANT, 1, titled("parent").put("key", "p").build());

      assertThat(execute(2, titled("child").put("parent_key", "p").build()))
          .isEqualTo(new Rejected("task_parent_unknown", "no task has the key p"));
    }

    @Test
    void of_its_own_is_no_parent() {
      assertThat(execute(1, titled("self").put("key", "p").put("parent_key", "p").build()))
          .isEqualTo(new Rejected("task_parent_unknown", "no task has the key p"));
    }
  }

  @Nested
  class A_page {

    @Test
    void shows_a_task_with_all_its_members() {
      JsonObject task =
          titled("Pay ACME")
              .put("amount_minor", 125_000)
              .put("assignee", "ben")
              .put("due", "2026-02-28")
              .put("key", "invoice-7")
              .build();
      String id = effect(execute(1, task));

      assertThat(adapter().page(TENANT, Optional.empty(), Optional.empty(), 10).tasks())
          .extracting(TaskAdapterTest::json)
          .containsExactly(
              """
              {"amount_minor":125000,"assignee":"ben","created_at":"2026-01-01T12:00:00.000000Z",\
              "description":"","due":"2026-02-28",\
              "effect_key":"fedcore-01900000-0000-7000-8000-000000000001-act-1",\
              "key":"invoice-7","labels":[],"list":"inbox","parent_key":null,\
              "priority":"normal","task_id":"%s","title":"Pay ACME"}\
              """
                  .formatted(id));
    }

    @Test
    void goes_from_the_newest_to_the_oldest_over_all_pages() {
      for (int i = 1; i <= 7; i++) {
        execute(i, parameters(i));
      }

      var titles = new ArrayList<String>();
      Optional<String> before = Optional.empty();
      do {
        TaskList page = adapter().page(TENANT, Optional.empty(), before, 3);
        page.tasks().forEach(task -> titles.add(text(task, "title")));
        before = page.next();
      } while (before.isPresent());

      assertThat(titles)
          .containsExactly("task 7", "task 6", "task 5", "task 4", "task 3", "task 2", "task 1");
    }

    @Test
    void ends_without_an_empty_page_after_it() {
      execute(1, parameters(1));
      execute(2, parameters(2));

      assertThat(adapter().page(TENANT, Optional.empty(), Optional.empty(), 2).next()).isEmpty();
    }

    @Test
    void of_one_list_shows_no_other() {
      execute(1, titled("a").put("list", "billing").build());
      execute(2, titled("b").build());
      execute(3, titled("c").put("list", "billing").build());

      TaskList first = adapter().page(TENANT, Optional.of("billing"), Optional.empty(), 1);
      TaskList second = adapter().page(TENANT, Optional.of("billing"), first.next(), 1);

      assertThat(first.tasks()).extracting(t -> text(t, "title")).containsExactly("c");
      assertThat(second.tasks()).extracting(t -> text(t, "title")).containsExactly("a");
      assertThat(second.next()).isEmpty();
    }

    @Test
    void shows_no_other_tenants_tasks_and_takes_no_other_tenants_cursor() {
      String foreign = effect(executeFor(OTHER_TENANT, 1, parameters(1)));

      assertThat(adapter().page(TENANT, Optional.empty(), Optional.empty(), 10).tasks()).isEmpty();
      assertThatThrownBy(() -> adapter().page(TENANT, Optional.empty(), Optional.of(foreign), 10))
          .isInstanceOfSatisfying(
              MalformedInput.class, e -> assertThat(e.pointer()).isEqualTo("/cursor"));
    }

    @Test
    void has_a_bounded_length() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> adapter().page(TENANT, Optional.empty(), Optional.empty(), 0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> adapter().page(TENANT, Optional.empty(), Optional.empty(), 201));
    }
  }

  @Nested
  class The_table {

    @Test
    void keeps_its_tasks_when_it_is_opened_again() {
      Permit permit = permit(run(1), 1, action(1));
      String id = effect(adapter().execute(permit, action(1)));
      adapter().close();

      try (var again = TaskAdapter.open(directory, office, clock)) {
        assertThat(again.find(permit.effectKey()))
            .isInstanceOfSatisfying(
                Adapter.Lookup.Found.class, found -> assertThat(found.effect()).isEqualTo(id));
      }
    }

    @Test
    void of_the_first_program_is_taken_over_with_its_tasks() throws Exception {
      Permit permit = permit(run(1), 1, action(1));
      String id = effect(adapter().execute(permit, action(1)));
      adapter().close();
      sql("PRAGMA user_version = 1; PRAGMA application_id = 0; DROP TABLE migration");

      try (var again = TaskAdapter.open(directory, office, clock)) {
        assertThat(again.find(permit.effectKey()))
            .isInstanceOfSatisfying(
                Adapter.Lookup.Found.class, found -> assertThat(found.effect()).isEqualTo(id));
      }
      TaskAdapter.open(directory, office, clock).close();
    }

    @Test
    void of_the_first_program_that_was_killed_is_taken_over_too() throws Exception {
      String script;
      try (var stream = TaskFile.class.getResourceAsStream("V001__task.sql")) {
        script = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      }
      try (var other = raw();
          var statement = other.createStatement()) {
        statement.executeUpdate("PRAGMA journal_mode = WAL");
        statement.executeUpdate("BEGIN; %s; PRAGMA user_version = 1; COMMIT".formatted(script));

        assertThat(execute(1, parameters(1))).isInstanceOf(AdapterOutcome.Done.class);
      }
    }

    @Test
    void that_is_open_elsewhere_is_refused() {
      adapter();

      assertThatThrownBy(() -> TaskAdapter.open(directory, office, clock))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("in use by another running server");
    }

    @Test
    void of_another_kind_is_refused_and_left_as_it_is() throws Exception {
      Path file = directory.resolve("tasks.db");
      Files.writeString(file, "milk, eggs, flour ".repeat(100));

      assertThatThrownBy(() -> TaskAdapter.open(directory, office, clock))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("is not a task table");
      assertThat(file).hasContent("milk, eggs, flour ".repeat(100));
    }

    @Test
    void is_written_ahead_and_stays_readable_while_somebody_writes() throws SQLException {
      execute(1, parameters(1));
      try (var other = raw();
          var statement = other.createStatement()) {
        assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1)).isEqualTo("wal");
        statement.execute("BEGIN IMMEDIATE");

        assertThat(adapter().page(TENANT, Optional.empty(), Optional.empty(), 10).tasks())
            .hasSize(1);
        statement.execute("ROLLBACK");
      }
    }

    @Test
    void of_a_newer_program_is_not_opened() throws SQLException {
      adapter().close();
      sql("INSERT INTO migration (number, name, checksum) VALUES (99, 'later.sql', '')");

      assertThatThrownBy(() -> TaskAdapter.open(directory, office, clock))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("start the newer program that wrote it");
    }

    @Test
    void that_is_closed_takes_nothing_and_says_so() {
      adapter();
      Permit permit = permit(run(1), 1, action(1));
      adapter().close();

      assertThat(adapter().execute(permit, action(1)))
          .isEqualTo(
              new NotNow(
                  "task_store_unavailable", "the task table does not answer; nothing was written"));
      assertThat(adapter().find(permit.effectKey()))
          .isEqualTo(new Adapter.Lookup.Unknowable("the task table does not answer"));
      assertThatThrownBy(() -> adapter().page(TENANT, Optional.empty(), Optional.empty(), 1))
          .isInstanceOf(TasksUnavailable.class);
    }

    @Test
    void that_refuses_a_row_is_not_there_now() throws SQLException {
      adapter();
      sql("CREATE TRIGGER full BEFORE INSERT ON task BEGIN SELECT raise(ABORT, 'full'); END");

      assertThat(execute(1, parameters(1)))
          .isEqualTo(
              new NotNow(
                  "task_store_unavailable", "the task table does not answer; nothing was written"));
      assertThat(effects()).isZero();

      sql("DROP TRIGGER full");
      assertThat(execute(2, parameters(2))).isInstanceOf(AdapterOutcome.Done.class);
    }

    @Test
    void that_is_out_of_order_is_not_there_now() throws SQLException {
      adapter();
      sql("ALTER TABLE task RENAME TO mislaid");

      assertThat(execute(1, parameters(1)))
          .isEqualTo(
              new NotNow(
                  "task_store_unavailable", "the task table does not answer; nothing was written"));

      sql("ALTER TABLE mislaid RENAME TO task");
      assertThat(execute(2, parameters(2))).isInstanceOf(AdapterOutcome.Done.class);
    }

    @Test
    void that_was_not_waited_for_leaves_the_task_in_doubt() throws SQLException {
      Permit permit = permit(run(1), 1, action(1));
      try (var other = raw();
          var statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        Thread.currentThread().interrupt();

        assertThat(adapter().execute(permit, action(1)))
            .isEqualTo(new InDoubt("the task table did not confirm the commit"));

        assertThat(Thread.interrupted()).isTrue();
        statement.execute("ROLLBACK");
      }
      execute(2, parameters(2));
      assertThat(adapter().find(permit.effectKey())).isInstanceOf(Adapter.Lookup.Found.class);
    }
  }

  private AdapterOutcome execute(int run, JsonObject parameters) {
    return executeFor(TENANT, run, parameters);
  }

  private AdapterOutcome executeFor(TenantId tenant, int run, JsonObject parameters) {
    ActionForm.Action action = adapter().normalise(parameters);
    Permit permit = office.issue(tenant, run(run), new StepId("act"), 1, bound(action), ACTOR);
    return adapter().execute(permit, action);
  }

  private Connection raw() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("tasks.db"));
  }

  private void sql(String statement) throws SQLException {
    try (var connection = raw();
        var prepared = connection.createStatement()) {
      prepared.executeUpdate(statement);
    }
  }

  private static JsonObject.Builder titled(String title) {
    return JsonObject.builder().put("title", title);
  }

  private static String json(JsonValue value) {
    return new String(value.canonicalBytes(), StandardCharsets.UTF_8);
  }

  private static String text(JsonObject task, String name) {
    return json(task.get(name).orElseThrow()).replace("\"", "");
  }
}
