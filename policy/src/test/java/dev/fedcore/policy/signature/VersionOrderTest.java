package dev.fedcore.policy.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.testing.ForAll;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {

  private static final int SETS = 400;

  private static String any(RandomGenerator random) {
    var version = new StringBuilder(part(random));
    for (int i = random.nextInt(4); i > 0; i--) {
      version.append(ForAll.oneOf(random, ".", "_", "-")).append(part(random));
    }
    return version.toString();
  }

  private static String part(RandomGenerator random) {
    return ForAll.oneOf(random, "0", "1", "2", "9", "10", "010", "1a", "9a", "a", "rc", "Z", "");
  }

  @ParameterizedTest
  @CsvSource({
    "1.9, 1.10",
    "1.0, 1.0.1",
    "1.0.0, 1.0.0-rc.1",
    "1.0-rc.2, 1.0-rc.10",
    "1.0-9, 1.0-a",
    "1.0-2, 1.0-10",
    "1.0-10, 1.0-1a",
    "1.0-alpha, 1.0-beta",
    "2026.11.21-3, 2026.11.21-10",
    "2026.9.30, 2026.10.1",
    "9, 18446744073709551617"
  })
  void the_first_comes_before_the_second(String earlier, String later) {
    assertThat(VersionOrder.compare(earlier, later)).isNegative();
    assertThat(VersionOrder.compare(later, earlier)).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"1.0, 1.0", "1.0, 1_0", "1.0, 1-0", "1.1, 1.01"})
  void neither_comes_first(String one, String other) {
    assertThat(VersionOrder.compare(one, other)).isZero();
  }

  @Test
  void all_versions_stand_in_one_line() {
    ForAll.listsOf(VersionOrderTest::any, 12)
        .seeds(
            SETS,
            versions -> {
              var sorted = new ArrayList<>(versions);
              sorted.sort(VersionOrder::compare);
              for (int i = 0; i < sorted.size(); i++) {
                for (int j = i; j < sorted.size(); j++) {
                  assertThat(VersionOrder.compare(sorted.get(i), sorted.get(j)))
                      .as("%s before %s", sorted.get(i), sorted.get(j))
                      .isLessThanOrEqualTo(0)
                      .isEqualTo(-VersionOrder.compare(sorted.get(j), sorted.get(i)));
                }
              }
            });
  }

  @Test
  void one_part_more_makes_a_version_later() {
    ForAll.values(
        SETS,
        random -> List.of(any(random), part(random)),
        drawn ->
            assertThat(VersionOrder.compare(drawn.get(0), drawn.get(0) + "." + drawn.get(1)))
                .isNegative());
  }
}
