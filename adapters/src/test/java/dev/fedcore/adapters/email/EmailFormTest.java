package dev.fedcore.adapters.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailFormTest {

  private static final EmailForm FORM = new EmailForm();

  private static JsonObject.Builder email(String recipient, String subject) {
    return JsonObject.builder().put("recipient", recipient).put("subject", subject);
  }

  @Test
  void takes_content_for_the_body() {
    assertThat(FORM.normalise(email("ann@example.com", "Hi").put("content", "x").build()))
        .isEqualTo(FORM.normalise(email("ann@example.com", "Hi").put("body", "x").build()));
  }

  @Test
  void refuses_body_and_content_at_once() {
    JsonObject both = email("ann@example.com", "Hi").put("body", "x").put("content", "x").build();

    assertThatThrownBy(() -> FORM.normalise(both))
        .isInstanceOf(MalformedInput.class)
        .hasMessage("/parameters/content: is another name of \"body\"; send one of them");
  }

  @Test
  void is_about_its_recipient() {
    var action = FORM.normalise(email("Ann@EXAMPLE.com", "Hi").put("body", "a\r\nb").build());

    assertThat(action.target()).isEqualTo("Ann@example.com");
    assertThat(action.parameters())
        .isEqualTo(email("Ann@example.com", "Hi").put("body", "a\nb").build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann",
        "ann@",
        "@example.com",
        "ann@example.com, ben@example.com",
        "ann@example.com,ben@example.com",
        "Ann <ann@example.com>",
        "<ann@example.com>",
        "ann@example.com\r\nBcc: ben@example.com",
        "ann@example.com\nBcc:ben@example.com",
        "ann@example.com\u0000",
        "ann@exa mple.com",
        "friends:ann@example.com;",
        "änn@example.com",
        "ann@example.com(comment)",
        "ann@@example.com",
        "ann@example..com",
        "ann@example.com> SIZE=1",
      })
  void refuses_what_is_not_one_bare_address(String recipient) {
    assertThatThrownBy(() -> FORM.normalise(email(recipient, "Hi").put("body", "x").build()))
        .isInstanceOf(MalformedInput.class)
        .hasMessageStartingWith("/parameters/recipient: must be one address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Hi\r\nBcc: ben@example.com", "Hi\nthere", "Hi\rthere", "Hi\u0000", "Hi\u2028"})
  void refuses_a_subject_that_would_be_two_headers(String subject) {
    JsonObject email = email("ann@example.com", subject).put("body", "x").build();

    assertThatThrownBy(() -> FORM.normalise(email))
        .isInstanceOf(MalformedInput.class)
        .hasMessage("/parameters/subject: must be one line, without control characters");
  }

  @ParameterizedTest
  @CsvSource({
    "'',                '',  '',  missing_recipient",
    "ann@example.com,   ' ', x,   missing_subject",
    "ann@example.com,   Hi,  '',  missing_body",
  })
  void has_a_code_for_what_is_missing(String recipient, String subject, String body, String code) {
    assertThat(FORM.missing(email(recipient, subject).put("body", body).build())).contains(code);
  }

  @Test
  void refuses_what_it_does_not_know() {
    JsonObject email =
        email("ann@example.com", "Hi").put("body", "x").put("bcc", "ben@example.com").build();

    assertThatThrownBy(() -> FORM.normalise(email))
        .hasMessage("/parameters/bcc: unknown field; known here: recipient, subject, body");
  }

  @Test
  void refuses_a_body_that_is_too_long() {
    JsonObject email = email("ann@example.com", "Hi").put("body", "x".repeat(100_001)).build();

    assertThatThrownBy(() -> FORM.normalise(email))
        .hasMessage("/parameters/body: has 100,001 characters; at most 100,000 fit");
  }
}
