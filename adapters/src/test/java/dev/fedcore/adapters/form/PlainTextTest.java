package dev.fedcore.adapters.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.settings.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void is_one_line_without_colours_marks_and_half_characters() {
    String said = "a\u001b[31m\r\nb\u202ec\u200bd\u2028e\ud83df \ud83e\udd16";

    assertThat(PlainText.of(said, List.of())).isEqualTo("a [31m  b c d e f \ud83e\udd16");
  }

  @Test
  void holds_no_secret() {
    assertThat(PlainText.of("wrong: pa55, pa55", List.of(new Secret("pa55"))))
        .isEqualTo("wrong: ***, ***");
  }

  @Test
  void is_bounded() {
    assertThat(PlainText.of("x".repeat(10_000), List.of())).hasSize(300);
  }
}
