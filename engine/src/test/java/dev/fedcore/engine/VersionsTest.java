package dev.fedcore.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.testing.ForAll;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

  @ParameterizedTest
  @CsvSource({
    "1.9.0, 1.10.0",
    "1.0, 1.0.0",
    "1.0.0-rc.1, 1.0.0",
    "1.0.0-alpha, 1.0.0-beta",
    "1.0.0-rc.2, 1.0.0-rc.10",
    "1.0.0-1, 1.0.0-alpha",
    "99999999999999999999, 100000000000000000000",
    "2, a"
  })
  void are_in_the_order_of_their_parts(String older, String newer) {
    assertThat(Versions.parse(older)).isLessThan(Versions.parse(newer));
    assertThat(Versions.parse(newer)).isGreaterThan(Versions.parse(older));
  }

  @ParameterizedTest
  @CsvSource({"1.0.0+a, 1.0.0+b", "01.0, 1.0"})
  void are_equal_in_order_when_what_differs_does_not_count(String one, String other) {
    assertThat(Versions.parse(one)).isEqualByComparingTo(Versions.parse(other));
  }

  @Test
  void have_one_order_however_they_are_written() {
    List<String> parts = List.of("0", "1", "2", "10", "1a", "a", "9b", "", "-", "+x");
    ForAll.values(
        2_000,
        random -> {
          var texts = new String[3];
          for (int i = 0; i < texts.length; i++) {
            texts[i] =
                parts.get(random.nextInt(parts.size()))
                    + "."
                    + parts.get(random.nextInt(parts.size()))
                    + parts.get(random.nextInt(parts.size()));
          }
          return List.of(texts);
        },
        versions -> {
          Versions a = Versions.parse(versions.get(0));
          Versions b = Versions.parse(versions.get(1));
          Versions c = Versions.parse(versions.get(2));
          assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
          if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a).isLessThanOrEqualTo(c);
          }
        });
  }
}
