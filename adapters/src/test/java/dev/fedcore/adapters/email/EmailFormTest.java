package dev.fedcore.adapters.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailFormTest {

  private static final EmailForm FORM = new EmailForm();

  private static JsonObject.Builder email(String recipient, String subject) {
    return JsonObject.builder().put("recipient", recipient).put("subject", subject);
  }

  private static JsonObject.Builder several(String... recipients) {
    return JsonObject.builder()
        .put("recipient", JsonArray.ofStrings(List.of(recipients)))
        .put("subject", "Hi");
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

  @Test
  void may_be_about_several_recipients() {
    var action =
        FORM.normalise(several("Ann@EXAMPLE.com", "ben@example.org").put("body", "x").build());

    assertThat(action.target()).isEqualTo("[Ann@example.com, ben@example.org]");
    assertThat(action.parameters())
        .isEqualTo(several("Ann@example.com", "ben@example.org").put("body", "x").build());
  }

  @Test
  void makes_no_difference_between_one_recipient_and_a_list_of_one() {
    assertThat(FORM.normalise(several("ann@example.com").put("body", "x").build()))
        .isEqualTo(FORM.normalise(email("ann@example.com", "Hi").put("body", "x").build()));
  }

  @Test
  void refuses_a_recipient_who_is_there_twice() {
    JsonObject twice = several("ann@example.com", "ann@EXAMPLE.com").put("body", "x").build();

    assertThatThrownBy(() -> FORM.normalise(twice))
        .hasMessage("/parameters/recipient/1: is there twice");
  }

  @Test
  void refuses_more_than_50_recipients() {
    var addresses =
        IntStream.rangeClosed(1, 51)
            .mapToObj("ann%d@example.com"::formatted)
            .toArray(String[]::new);

    assertThatThrownBy(() -> FORM.normalise(several(addresses).put("body", "x").build()))
        .hasMessage("/parameters/recipient: must have 1 to 50 addresses");
  }

  @Test
  void names_the_recipient_that_is_no_address() {
    JsonObject wrong = several("ann@example.com", "ben").put("body", "x").build();

    assertThatThrownBy(() -> FORM.normalise(wrong))
        .hasMessageStartingWith("/parameters/recipient/1: must be one address");
  }

  @Test
  void misses_the_recipient_of_an_empty_list() {
    assertThat(FORM.missing(several().put("body", "x").build())).contains("missing_recipient");
  }

  @Test
  void keeps_html_beside_the_text() {
    JsonObject email =
        email("ann@example.com", "Hi")
            .put("body", "x")
            .put("html", "<p>Dear <b>Ann</b>, see <a href=\"https://example.org/\">this</a></p>")
            .build();

    assertThat(FORM.normalise(email).parameters()).isEqualTo(email);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<p onclick=\"x()\">x</p>",
        "<img src=\"https://example.org/pixel.gif\">",
        "<a href=\"javascript:x()\">x</a>",
        "<a href=\"/relative\">x</a>",
        "<p style=\"display:none\">x</p>",
        "<iframe src=\"https://example.org/\"></iframe>",
        "<form action=\"https://example.org/\"><input name=\"x\"></form>",
        "<p>x</p><!-- hidden -->",
        "<p>x</b></p>",
        "<html><body><p>x</p></body></html>",
      })
  void refuses_html_that_runs_fetches_or_hides(String html) {
    JsonObject email = email("ann@example.com", "Hi").put("body", "x").put("html", html).build();

    assertThatThrownBy(() -> FORM.normalise(email))
        .isInstanceOf(MalformedInput.class)
        .hasMessageStartingWith("/parameters/html: must be a sound fragment");
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
        .hasMessage("/parameters/bcc: unknown field; known here: recipient, subject, body, html");
  }

  @Test
  void refuses_a_body_that_is_too_long() {
    JsonObject email = email("ann@example.com", "Hi").put("body", "x".repeat(100_001)).build();

    assertThatThrownBy(() -> FORM.normalise(email))
        .hasMessage("/parameters/body: has 100,001 characters; at most 100,000 fit");
  }
}
