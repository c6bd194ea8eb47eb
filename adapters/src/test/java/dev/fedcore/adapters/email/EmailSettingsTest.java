package dev.fedcore.adapters.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.adapters.email.EmailSettings.Login;
import dev.fedcore.adapters.email.EmailSettings.Protection;
import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.settings.SettingRefused;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailSettingsTest {

  private static final String FROM = "robot@example.com";

  @Test
  void are_empty_where_nothing_is_set() {
    assertThat(EmailSettings.from(Map.of("SMTP_HOST", " ", "PATH", "/bin"))).isEmpty();
  }

  @Test
  void are_read_from_a_url() {
    assertThat(
            EmailSettings.from(
                Map.of("SMTP_URL", "smtps://ro%40bot:p%2Bss+@mail.example.com", "SMTP_FROM", FROM)))
        .contains(
            new EmailSettings(
                "mail.example.com",
                465,
                Protection.IMPLICIT,
                Optional.of(new Login("ro@bot", new Secret("p+ss+"))),
                FROM));
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.com, '',  '',       587, STARTTLS",
    "mail.example.com, 465, '',       465, IMPLICIT",
    "mail.example.com, 25,  implicit, 25,  IMPLICIT",
    "localhost,        '',  '',       587, NONE",
    "127.0.0.1,        25,  starttls, 25,  STARTTLS",
  })
  void ask_for_tls_unless_on_loopback(
      String host, String port, String tls, int expectedPort, Protection protection) {
    assertThat(
            EmailSettings.from(
                Map.of("SMTP_HOST", host, "SMTP_PORT", port, "SMTP_TLS", tls, "SMTP_FROM", FROM)))
        .contains(new EmailSettings(host, expectedPort, protection, Optional.empty(), FROM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SMTP_USER=robot|SMTP_HOST is missing: name the server that takes e-mail in",
        "SMTP_HOST=h|SMTP_FROM is missing: name the address that e-mail comes from",
        "SMTP_HOST=h;SMTP_USER=u|SMTP_PASSWORD is missing: SMTP_USER is set; set both or neither",
        "SMTP_HOST=h;SMTP_PASSWORD=p|SMTP_USER is missing: SMTP_PASSWORD is set; set both or neither",
        "SMTP_HOST=h;SMTP_PORT=0|SMTP_PORT must be an integer from 1 to 65535",
        "SMTP_HOST=h;SMTP_TLS=none|SMTP_TLS may be none on loopback only; use starttls or implicit",
        "SMTP_HOST=h;SMTP_TLS=maybe|SMTP_TLS must be one of implicit, starttls, none",
        "SMTP_HOST=h;SMTP_FROM=Robot|SMTP_FROM must be one address such as robot@example.com, without a name",
        "SMTP_URL=smtp://h;SMTP_FROM=a@b.c;SMTP_PORT=1|SMTP_PORT says what SMTP_URL says already; remove one of them",
        "SMTP_URL=https://h;SMTP_FROM=a@b.c|SMTP_URL must be like smtps://user:password@host:465, or smtp://host",
        "SMTP_URL=smtp://u@h;SMTP_FROM=a@b.c|SMTP_URL has a user without a password; write user:password@host",
        "SMTP_URL=smtp://u:p^@h;SMTP_FROM=a@b.c|SMTP_URL is no URI; percent-encode what is unusual in it",
      })
  void are_refused_by_name_when_they_are_there_by_half(String set, String message) {
    Map<String, String> environment =
        Arrays.stream(set.split(";"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

    assertThatThrownBy(() -> EmailSettings.from(environment))
        .isInstanceOf(SettingRefused.class)
        .hasMessage(message);
  }

  @Test
  void do_not_print_the_password() {
    var settings =
        EmailSettings.from(
            Map.of("SMTP_URL", "smtps://u:pa55@mail.example.com", "SMTP_FROM", FROM));

    assertThat(settings.toString()).contains("mail.example.com", "***").doesNotContain("pa55");
  }
}
