package dev.fedcore.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.testing.ForAll;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryBundleTest {

  @Test
  void frames_each_entry_with_its_length() {
    byte[] bundle = EntryBundle.format(List.of(new byte[] {7}, new byte[0], new byte[0x0102]));

    assertThat(HexFormat.of().formatHex(bundle)).startsWith("000107" + "0000" + "0102" + "00");
    assertThat(bundle).hasSize(3 + 2 + 2 + 0x0102);
  }

  @Test
  void any_entries_are_read_back() {
    ForAll.listsOf(random -> new byte[random.nextInt(600)], 20)
        .seeds(
            200,
            entries ->
                assertThat(EntryBundle.parse(EntryBundle.format(entries)))
                    .containsExactlyElementsOf(entries));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "0001", "000200", "0001ff00", "ffff00"})
  void a_bundle_that_is_cut_off_is_refused(String hex) {
    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> EntryBundle.parse(HexFormat.of().parseHex(hex)));
  }

  @Test
  void a_bundle_of_another_width_than_its_name_is_refused() {
    byte[] two = EntryBundle.format(List.of(new byte[1], new byte[1]));
    Map<String, byte[]> files = Map.of("tile/entries/000.p/3", two, "tile/entries/001", two);
    TileSource source = path -> Optional.ofNullable(files.get(path));

    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> EntryBundle.read(source, 0, 3));
    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> EntryBundle.read(source, 1, 258));
    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> EntryBundle.read(source, 0, 4));
  }
}
