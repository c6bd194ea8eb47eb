package dev.fedcore.adapters.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsappFormTest {

  private static final WhatsappForm FORM = new WhatsappForm();

  private static JsonObject message(String recipient, String message) {
    return JsonObject.builder().put("recipient", recipient).put("message", message).build();
  }

  @Test
  void takes_phone_for_the_recipient_and_content_for_the_message() {
    JsonObject other =
        JsonObject.builder().put("phone", "+15551234567").put("content", "Hi").build();

    assertThat(FORM.normalise(other)).isEqualTo(FORM.normalise(message("+15551234567", "Hi")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1 (555) 123-4567", "+1.555.123.4567", "+15551234567"})
  void writes_a_number_in_one_way(String recipient) {
    assertThat(FORM.normalise(message(recipient, "Hi")).target()).isEqualTo("+15551234567");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "15551234567",
        "+05551234567",
        "+123456",
        "+1234567890123456",
        "+1555123456x",
        "+١٢٣٤٥٦٧",
        "group-1",
        "+1555123\n4567"
      })
  void refuses_what_is_no_number_with_a_country_code(String recipient) {
    assertThatThrownBy(() -> FORM.normalise(message(recipient, "Hi")))
        .isInstanceOf(MalformedInput.class)
        .hasMessageStartingWith("/parameters/recipient: must be a number with its country code");
  }

  @ParameterizedTest
  @CsvSource({"'', Hi, missing_recipient", "+15551234567, ' ', missing_message"})
  void has_a_code_for_what_is_missing(String recipient, String message, String code) {
    assertThat(FORM.missing(message(recipient, message))).contains(code);
  }

  @Test
  void takes_a_template_in_place_of_a_message() {
    JsonObject action =
        JsonObject.builder()
            .put("recipient", "+15551234567")
            .put("template", template("lesson_ready", "en_US", "Asha").build())
            .build();

    assertThat(FORM.normalise(action).parameters()).isEqualTo(action);
    assertThat(FORM.missing(action)).isEmpty();
  }

  @Test
  void refuses_message_and_template_at_once() {
    JsonObject both =
        message("+15551234567", "Hi").with("template", template("a", "en", "x").build());

    assertThatThrownBy(() -> FORM.normalise(both))
        .hasMessage("/parameters/template: is sent in place of \"message\"; send one of them");
  }

  @Test
  void misses_the_recipient_of_a_template() {
    JsonObject action =
        JsonObject.builder().put("template", template("a", "en", "x").build()).build();

    assertThat(FORM.missing(action)).contains("missing_recipient");
  }

  @ParameterizedTest
  @CsvSource({
    "Lesson-Ready, en,    x,        /parameters/template/name",
    "lesson_ready, en-US, x,        /parameters/template/language",
    "lesson_ready, EN,    x,        /parameters/template/language",
    "lesson_ready, en,    ' ',      /parameters/template/body/0",
    "lesson_ready, en,    'a     b', /parameters/template/body/0",
    "lesson_ready, en,    'a\tb',   /parameters/template/body/0",
  })
  void refuses_a_template_that_meta_would_not_take(
      String name, String language, String variable, String pointer) {
    JsonObject action =
        JsonObject.builder()
            .put("recipient", "+15551234567")
            .put("template", template(name, language, variable).build())
            .build();

    assertThatThrownBy(() -> FORM.normalise(action))
        .isInstanceOfSatisfying(
            MalformedInput.class, wrong -> assertThat(wrong.pointer()).isEqualTo(pointer));
  }

  private static JsonObject.Builder template(String name, String language, String variable) {
    return JsonObject.builder()
        .put("name", name)
        .put("language", language)
        .put("body", JsonArray.ofStrings(List.of(variable)));
  }

  @Test
  void takes_no_more_than_meta_does() {
    assertThat(FORM.normalise(message("+15551234567", "x".repeat(4_096))).target()).isNotEmpty();
    assertThatThrownBy(() -> FORM.normalise(message("+15551234567", "x".repeat(4_097))))
        .hasMessage("/parameters/message: has 4,097 characters; at most 4,096 fit");
  }
}
