package dev.fedcore.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checked against the examples of C2SP tlog-tiles.
class TilePathTest {

  @ParameterizedTest
  @CsvSource({
    "0, 000",
    "7, 007",
    "999, 999",
    "1000, x001/000",
    "67999, x067/999",
    "1234067, x001/x234/067",
    "9223372036854775807, x009/x223/x372/x036/x854/x775/807",
  })
  void a_number_has_three_digits_a_group(long index, String expected) {
    assertThat(TilePath.number(index)).isEqualTo(expected);
    assertThat(TilePath.isValid(TilePath.tile(0, index, 256))).isTrue();
  }

  @Test
  void a_partial_tile_names_its_width() {
    assertThat(TilePath.tile(1, 273, 17)).isEqualTo("tile/1/273.p/17");
    assertThat(TilePath.tile(0, 1273, 256)).isEqualTo("tile/0/x001/273");
    assertThat(TilePath.entries(0, 1)).isEqualTo("tile/entries/000.p/1");
    assertThat(TilePath.entries(5, 256)).isEqualTo("tile/entries/005");
  }

  @ParameterizedTest(name = "tile {1} at level {0} of {2} entries has {3}")
  @CsvSource({
    "0, 0, 0, 0",
    "0, 0, 255, 255",
    "0, 0, 256, 256",
    "0, 1, 256, 0",
    "0, 273, 70000, 112",
    "1, 0, 70000, 256",
    "1, 1, 70000, 17",
    "2, 0, 70000, 1",
    "3, 0, 70000, 0",
  })
  void a_tile_is_as_wide_as_the_log_fills_it(int level, long index, long size, int width) {
    assertThat(TilePath.width(level, index, size)).isEqualTo(width);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "checkpoint",
        "tile/0/0",
        "tile/0/0000",
        "tile/8/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/x000",
        "tile/entries/../../000",
        "tile/entries/000/",
        "/tile/entries/000",
        "tile/data/000",
        "tile/0/000.p/1\n",
      })
  void nothing_else_is_a_path(String path) {
    assertThat(TilePath.isValid(path)).isFalse();
  }

  @Test
  void there_is_no_tile_of_no_width_level_or_index() {
    assertThatIllegalArgumentException().isThrownBy(() -> TilePath.tile(0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> TilePath.tile(0, 0, 257));
    assertThatIllegalArgumentException().isThrownBy(() -> TilePath.tile(8, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> TilePath.entries(-1, 1));
  }
}
