package dev.fedcore.adapters.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskParametersTest {

  @Test
  void fills_its_defaults_in() {
    Action action = TaskParameters.read(read("{'title':'Pay ACME'}")).action();

    assertThat(action.target()).isEqualTo("list/inbox");
    assertThat(text(action.parameters()))
        .isEqualTo(
            """
            {"amount_minor":0,"description":"","labels":[],"list":"inbox",\
            "priority":"normal","title":"Pay ACME"}\
            """);
  }

  @Test
  void takes_content_for_the_title() {
    assertThat(TaskParameters.read(read("{'content':'Pay ACME'}")))
        .isEqualTo(TaskParameters.read(read("{'title':'Pay ACME'}")));
    assertThat(new TaskForm().missing(read("{'content':'Pay ACME'}"))).isEmpty();
  }

  @Test
  void keeps_everything_that_was_said() {
    String all =
        "{'amount_minor':1,'assignee':'ben','description':'d','due':'2028-02-29','key':'k',"
            + "'labels':['z','a','z'],'list':'billing','parent_key':'p','priority':'urgent',"
            + "'title':'t'}";
    Action action = TaskParameters.read(read(all)).action();

    assertThat(action.target()).isEqualTo("list/billing");
    assertThat(text(action.parameters())).isEqualTo(all.replace('\'', '"'));
  }

  @Test
  void takes_null_for_absent_and_a_priority_in_any_case() {
    String odd = "{'title':'t','due':null,'key':null,'labels':null,'priority':'High'}";

    assertThat(text(TaskParameters.read(read(odd)).normal()))
        .isEqualTo(
            """
            {"amount_minor":0,"description":"","labels":[],"list":"inbox",\
            "priority":"high","title":"t"}\
            """);
  }

  @Test
  void takes_values_at_their_limits() {
    String labels =
        IntStream.range(0, 16)
            .mapToObj(_ -> "'" + "l".repeat(64) + "'")
            .collect(Collectors.joining(",", "[", "]"));
    String limits =
        "{'title':'%s','description':'%s','list':'%s','amount_minor':1000000000000000,'labels':%s}"
            .formatted("t".repeat(200), "d".repeat(4_000), "n".repeat(64), labels);

    assertThat(TaskParameters.read(read(limits)).labels()).hasSize(16);
  }

  @ParameterizedTest(name = "{0} is refused at {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                         | /parameters/title",
        "{'title':null}                             | /parameters/title",
        "{'title':''}                               | /parameters/title",
        "{'title':'  '}                             | /parameters/title",
        "{'title':7}                                | /parameters/title",
        "{'title':'a\\nb'}                          | /parameters/title",
        "{'title':'t','list':''}                    | /parameters/list",
        "{'title':'t','list':'a b'}                 | /parameters/list",
        "{'title':'t','list':'../x'}                | /parameters/list",
        "{'title':'t','list':'ä'}                   | /parameters/list",
        "{'title':'t','priority':'asap'}            | /parameters/priority",
        "{'title':'t','priority':1}                 | /parameters/priority",
        "{'title':'t','assignee':''}                | /parameters/assignee",
        "{'title':'t','assignee':'a b'}             | /parameters/assignee",
        "{'title':'t','due':'2026-02-29'}           | /parameters/due",
        "{'title':'t','due':'2026-2-1'}             | /parameters/due",
        "{'title':'t','due':'+12026-01-01'}         | /parameters/due",
        "{'title':'t','due':'2026-01-01T00:00:00Z'} | /parameters/due",
        "{'title':'t','due':'tomorrow!!'}           | /parameters/due",
        "{'title':'t','amount_minor':-1}            | /parameters/amount_minor",
        "{'title':'t','amount_minor':1.5}           | /parameters/amount_minor",
        "{'title':'t','amount_minor':'5'}           | /parameters/amount_minor",
        "{'title':'t','amount_minor':1000000000000001} | /parameters/amount_minor",
        "{'title':'t','labels':'x'}                 | /parameters/labels",
        "{'title':'t','labels':['a',1]}             | /parameters/labels/1",
        "{'title':'t','labels':['a','']}            | /parameters/labels/1",
        "{'title':'t','key':'a/b'}                  | /parameters/key",
        "{'title':'t','parent_key':''}              | /parameters/parent_key",
        "{'title':'t','colour':'red'}               | /parameters/colour",
        "{'title':'t','task_id':'x'}                | /parameters/task_id",
      })
  void refuses_and_points(String parameters, String pointer) {
    assertRefused(parameters, pointer);
  }

  @Test
  void refuses_one_more_than_each_limit() {
    assertRefused("{'title':'%s'}".formatted("t".repeat(201)), "/parameters/title");
    assertRefused(
        "{'title':'t','description':'%s'}".formatted("d".repeat(4_001)), "/parameters/description");
    assertRefused("{'title':'t','list':'%s'}".formatted("n".repeat(65)), "/parameters/list");
    assertRefused("{'title':'t','key':'%s'}".formatted("n".repeat(65)), "/parameters/key");
    assertRefused(
        "{'title':'t','labels':['%s']}".formatted("l".repeat(65)), "/parameters/labels/0");
    assertRefused(
        "{'title':'t','labels':[%s'l']}".formatted("'l',".repeat(16)), "/parameters/labels");
    assertRefused(
        "{'title':'t','assignee':'%s'}".formatted("a".repeat(129)), "/parameters/assignee");
  }

  private static void assertRefused(String parameters, String pointer) {
    JsonObject read = read(parameters);
    assertThatThrownBy(() -> TaskParameters.read(read))
        .isInstanceOfSatisfying(
            MalformedInput.class, e -> assertThat(e.pointer()).isEqualTo(pointer));
  }

  private static JsonObject read(String text) {
    byte[] json = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return JsonReader.readObject(json, JsonLimits.DEFAULT);
  }

  private static String text(JsonObject object) {
    return new String(object.canonicalBytes(), StandardCharsets.UTF_8);
  }
}
