package dev.fedcore.evidence.sums;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.testing.ForeignTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrityTest {

  private static final ForeignTool BASH = new ForeignTool("bash", "bash");

  @TempDir Path run = Path.of("");

  private void put(String path, String text) throws IOException {
    Path file = run.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private void aRunWithItsSums() throws IOException {
    put("report.md", "# AWO Run Report\n");
    put("a.b", "1");
    put("a/c", "2");
    put("a-b", "3");
    put("artifacts/with space & $igns, (x) 'y' #z~", "4");
    put("Upper", "5");
    put("empty", "");
    put("approval.json", "{}");
    put("audit/invariants.json", "{}");
    put("timestamps/started", "now");
    Files.write(run.resolve("SHA256SUMS.txt"), Sums.of(Snapshot.read(run)).bytes());
  }

  private List<Finding> findings() {
    return Integrity.verify(run).findings();
  }

  @Nested
  class The_list {

    @Test
    void is_byte_for_byte_what_sort_and_sha256sum_make() throws IOException {
      aRunWithItsSums();

      String theirs =
          BASH.output(
              run,
              "-c",
              "find . -type f ! -path ./SHA256SUMS.txt ! -path ./approval.json"
                  + " ! -path './audit/*' ! -path './timestamps/*' -print0"
                  + " | LC_ALL=C sort -z | xargs -0 sha256sum --");

      assertThat(run.resolve("SHA256SUMS.txt")).hasContent(theirs.stripTrailing());
      assertThat(Files.readAllBytes(run.resolve("SHA256SUMS.txt")))
          .isEqualTo(theirs.getBytes(UTF_8));
    }

    @Test
    void is_accepted_by_sha256sum_and_is_what_the_root_is_made_of() throws IOException {
      aRunWithItsSums();

      assertThat(BASH.output(run, "-c", "sha256sum --strict -c SHA256SUMS.txt"))
          .contains("./a/c: OK");
      assertThat(Integrity.verify(run).root())
          .isEqualTo(Sha256.hex(Files.readAllBytes(run.resolve("SHA256SUMS.txt"))))
          .isEqualTo(Sums.of(Snapshot.read(run)).root());
    }

    @Test
    void does_not_depend_on_clock_times_or_on_what_is_written_later() throws IOException {
      aRunWithItsSums();
      String root = Integrity.verify(run).root();

      put("timestamps/started", "later");
      put("timestamps/more", "1");
      put("approval.json", "{\"by\":\"ben\"}");
      put("audit/ann_gate2_verdict.json", "{}");

      assertThat(Integrity.verify(run).findings()).isEmpty();
      assertThat(Sums.of(Snapshot.read(run)).root()).isEqualTo(root);
    }

    @Test
    void is_the_same_after_a_copy() throws IOException {
      aRunWithItsSums();

      BASH.output(run, "-c", "cp -a . ../copy-$$ && mv ../copy-$$ copied && touch -d @1 copied/*");

      assertThat(Integrity.verify(run.resolve("copied")).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "x",
          "H  ./a",
          "H  a\n",
          "H *./a\n",
          "H ./a\n",
          "H  ./\n",
          "H  ./../a\n",
          "H  .//etc/passwd\n",
          "H  ./a\\nb\n",
          "\\H  ./a\\nb\n",
          "H  ./b\nH  ./a\n",
          "H  ./a\nH  ./a\n",
          "H  ./a\n\n",
          "\nH  ./a\n",
          "H  ./a\r\n",
          "H  ./é\n",
          "# a comment\nH  ./a\n",
        })
    void is_refused_in_any_other_form(String form) throws IOException {
      put("a", "1");
      put("SHA256SUMS.txt", form.replace("H", Sha256.hex("1".getBytes(UTF_8))));

      assertThat(findings()).extracting(Finding::code).contains(AwoCode.INT_002);
    }
  }

  @Nested
  class A_run {

    @Test
    void as_it_was_listed_is_verified() throws IOException {
      aRunWithItsSums();

      var integrity = Integrity.verify(run);

      assertThat(integrity.verified()).isTrue();
      assertThat(integrity.files()).isEqualTo(7);
    }

    @Test
    void with_a_changed_file_has_a_hash_mismatch() throws IOException {
      aRunWithItsSums();
      put("a/c", "3");

      assertThat(findings())
          .singleElement()
          .returns(AwoCode.INT_001, Finding::code)
          .returns("a/c", Finding::path);
    }

    @Test
    void with_a_file_more_and_a_file_less_reports_both_and_every_hash() throws IOException {
      aRunWithItsSums();
      put("more", "1");
      put("report.md", "# other");
      Files.delete(run.resolve("a/c"));

      assertThat(findings())
          .extracting(Finding::code, Finding::path)
          .containsExactly(
              tuple(AwoCode.INT_002, "a/c"),
              tuple(AwoCode.INT_002, "more"),
              tuple(AwoCode.INT_001, "report.md"));
    }

    @Test
    void without_a_list_is_not_verified() throws IOException {
      put("a", "1");

      assertThat(findings()).extracting(Finding::code).containsExactly(AwoCode.INT_002);
      assertThat(Integrity.verify(run.resolve("nowhere")).verified()).isFalse();
    }

    @Test
    void with_a_link_a_device_or_a_name_that_tools_disagree_about_is_refused() throws IOException {
      aRunWithItsSums();
      Files.createSymbolicLink(run.resolve("link"), Path.of("report.md"));
      Files.createSymbolicLink(run.resolve("folder"), Path.of("a"));
      BASH.output(run, "-c", "mkfifo pipe");
      put("new\nline", "1");
      put("back\\slash", "1");
      put("ümlaut", "1");

      assertThat(findings())
          .allMatch(finding -> finding.code() == AwoCode.INT_002)
          .extracting(Finding::path)
          .containsExactlyInAnyOrder("link", "folder", "pipe", "new?line", "back?slash", "?mlaut");
    }

    @Test
    void with_names_that_differ_in_case_only_is_refused() {
      Map<String, byte[]> files = new TreeMap<>();
      files.put("Report.md", new byte[] {1});
      files.put("report.md", new byte[] {2});
      files.put("SHA256SUMS.txt", Sums.of(Snapshot.of(files)).bytes());

      assertThat(Integrity.verify(Snapshot.of(files)).findings())
          .extracting(Finding::path)
          .containsExactly("report.md");
    }
  }
}
