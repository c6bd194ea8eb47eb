package dev.fedcore.evidence.awo.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.testing.ForAll;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenanceIndexTest {

  private static ProvenanceEntry entry(String run) {
    String hash = "0".repeat(63) + "a";
    return new ProvenanceEntry(
        run, "c", "", "ben", "governance/attestations/" + run, hash, hash, hash);
  }

  private static ProvenanceIndex of(Iterable<String> runs) {
    var index = ProvenanceIndex.EMPTY;
    for (String run : runs) {
      index = index.with(entry(run));
    }
    return index;
  }

  @Test
  void which_runs_are_in_it_decides_its_bytes_and_nothing_else() {
    ForAll.listsOf(random -> "run_" + random.nextInt(30), 20)
        .seeds(
            200,
            runs -> {
              var shuffled = new ArrayList<>(runs);
              Collections.shuffle(shuffled, new Random(runs.size()));

              assertThat(of(shuffled).bytes()).isEqualTo(of(runs).bytes());
              assertThat(ProvenanceIndex.parse(of(runs).bytes()).bytes())
                  .isEqualTo(of(runs).bytes());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{; {  ; canonical",
        "run_a\":{; run_b\":{; is the entry of run run_a",
        "000a\",\"approved; 000A\",\"approved; SHA-256",
        "\"commit\"; \"comment\"; commit",
        "index/v1; index/v2; _type",
      })
  void what_is_no_index_is_refused(String from, String to, String why) {
    String text = new String(ProvenanceIndex.EMPTY.with(entry("run_a")).bytes(), UTF_8);
    String changed = from.equals("{") ? text + "\n" : text.replace(from, to);

    assertThatThrownBy(() -> ProvenanceIndex.parse(changed.getBytes(UTF_8)))
        .isInstanceOf(MalformedInput.class)
        .hasMessageContaining(why);
  }
}
