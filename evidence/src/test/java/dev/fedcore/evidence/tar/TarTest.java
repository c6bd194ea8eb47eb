package dev.fedcore.evidence.tar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.testing.ForAll;
import dev.fedcore.testing.ForeignTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {

  private static final ForeignTool TAR = new ForeignTool("tar", "tar");

  @TempDir Path scratch = Path.of("");

  private static NavigableMap<String, byte[]> files(String... paths) {
    var files = new TreeMap<String, byte[]>();
    for (String path : paths) {
      files.put(path, ("content of " + path).getBytes(UTF_8));
    }
    return files;
  }

  /// Paths around every border: 100 bytes of name, 155 of prefix, and what sorts unlike folders.
  private static NavigableMap<String, byte[]> manyFiles() {
    var files = files("a.b", "a/c", "a-b", "run.json", "-dash", "with space", "@x", "--null");
    for (int depth = 1; depth <= 10; depth++) {
      files.put("d".repeat(9).concat("/").repeat(depth) + "x".repeat(99), new byte[depth * 511]);
    }
    for (int length = 98; length <= 102; length++) {
      files.put("p/".concat("n".repeat(length - 2)).substring(0, Math.min(length, 102)), bytes(7));
    }
    files.put("q".repeat(54) + "/" + "r".repeat(99) + "/" + "s".repeat(40), bytes(512));
    files.put("empty", bytes(0));
    files.put("block", bytes(512));
    files.put("large", bytes(70_000));
    return files;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private byte[] theirs(Path folder, NavigableMap<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path place = folder.resolve(file.getKey());
      Files.createDirectories(place.resolveSibling(""));
      Files.write(place, file.getValue());
    }
    Path list = scratch.resolve("list");
    Files.writeString(list, String.join("\n", files.keySet()) + "\n");
    Path archive = scratch.resolve("theirs.tar");
    TAR.output(
        scratch,
        ("--format=ustar --no-recursion --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=0644"
                + " -cf %s -C %s --verbatim-files-from -T %s")
            .formatted(archive, folder, list)
            .split(" "));
    return Files.readAllBytes(archive);
  }

  @Nested
  class An_archive {

    @Test
    void is_byte_for_byte_what_gnu_tar_makes() throws IOException {
      var files = manyFiles();

      assertThat(TarWriter.write(files)).isEqualTo(theirs(scratch.resolve("files"), files));
    }

    @Test
    void of_nothing_is_one_empty_record() {
      assertThat(TarWriter.write(new TreeMap<>())).isEqualTo(new byte[10_240]);
    }

    @Test
    void is_read_back_as_it_was() {
      ForAll.values(
          200,
          TarTest::anyFiles,
          files -> {
            var read = TarReader.read(TarWriter.write(files));
            assertThat(read).containsOnlyKeys(files.keySet());
            files.forEach((path, bytes) -> assertThat(read.get(path)).isEqualTo(bytes));
          });
    }

    @Test
    void of_a_path_that_fits_no_header_is_refused() {
      assertThatThrownBy(() -> TarWriter.write(files("a/" + "b".repeat(101))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> TarWriter.write(files("../b")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static NavigableMap<String, byte[]> anyFiles(RandomGenerator random) {
    var files = new TreeMap<String, byte[]>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      byte[] bytes = new byte[random.nextInt(1_500)];
      random.nextBytes(bytes);
      files.put("f" + random.nextInt(3) + "/" + "n".repeat(random.nextInt(1, 95)), bytes);
    }
    return files;
  }

  @Nested
  class The_reader {

    @Test
    void refuses_every_change_of_one_byte_outside_of_the_contents() {
      byte[] archive = TarWriter.write(files("a", "b/c"));
      for (int at = 0; at < archive.length; at++) {
        byte[] changed = archive.clone();
        changed[at] ^= 1;
        boolean content = (at >= 512 && at < 524) || (at >= 1_536 && at < 1_550);
        if (!content) {
          assertThatThrownBy(() -> TarReader.read(changed))
              .as("byte %d", at)
              .isInstanceOf(MalformedInput.class);
        }
      }
    }

    @Test
    void refuses_what_was_cut_off_or_goes_on() {
      byte[] archive = TarWriter.write(files("a", "b"));
      for (int length = 0; length < archive.length; length += 64) {
        byte[] cut = Arrays.copyOf(archive, length);
        assertThatThrownBy(() -> TarReader.read(cut)).isInstanceOf(MalformedInput.class);
      }
      assertThatThrownBy(() -> TarReader.read(Arrays.copyOf(archive, 2 * archive.length)))
          .isInstanceOf(MalformedInput.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/etc/passwd",
          "../outside",
          "a/../../outside",
          "a/..",
          "./a",
          "a//b",
          "a\\..\\b",
          "a\nb",
          "C:\\x\u0001",
        })
    void refuses_paths_that_lead_elsewhere(String path) throws IOException {
      byte[] archive = TarWriter.write(files("victim"));
      rename(archive, path);
      Path target = scratch.resolve("target");

      assertThatThrownBy(() -> Extraction.into(target, archive)).isInstanceOf(MalformedInput.class);
      assertThat(everything()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "L", "K", "x", "g", "S", "\0"})
    void refuses_links_devices_folders_and_extensions(String type) throws IOException {
      byte[] archive = TarWriter.write(files("victim"));
      archive[156] = (byte) type.charAt(0);
      seal(archive);

      assertThatThrownBy(() -> Extraction.into(scratch.resolve("target"), archive))
          .isInstanceOf(MalformedInput.class)
          .hasMessageContaining("only regular files");
      assertThat(everything()).isEmpty();
    }

    @Test
    void refuses_what_gnu_tar_makes_of_a_link_and_of_a_folder() throws IOException {
      Path folder = Files.createDirectories(scratch.resolve("files"));
      Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));
      for (String format : new String[] {"ustar", "gnu", "posix"}) {
        TAR.output(folder, "--format=" + format, "-cf", "../x.tar", "link", ".");
        byte[] archive = Files.readAllBytes(scratch.resolve("x.tar"));
        assertThatThrownBy(() -> TarReader.read(archive)).isInstanceOf(MalformedInput.class);
      }
    }

    @Test
    void refuses_a_file_twice_and_files_out_of_order() {
      for (String second : new String[] {"b", "a", "B"}) {
        byte[] archive = TarWriter.write(files("b", "c"));
        System.arraycopy(second.getBytes(US_ASCII), 0, archive, 1_024, 1);
        byte[] header = Arrays.copyOfRange(archive, 1_024, 1_536);
        seal(header);
        System.arraycopy(header, 0, archive, 1_024, 512);
        assertThatThrownBy(() -> TarReader.read(archive))
            .hasMessageContaining("out of order, there twice");
      }
    }

    @Test
    void writes_into_a_new_folder_only() throws IOException {
      byte[] archive = TarWriter.write(files("a", "b/c"));
      Extraction.into(scratch.resolve("new"), archive);

      assertThat(scratch.resolve("new/b/c")).hasContent("content of b/c");
      Files.createSymbolicLink(scratch.resolve("link"), scratch.resolve("elsewhere"));
      assertThatThrownBy(() -> Extraction.into(scratch.resolve("link"), archive))
          .isInstanceOf(MalformedInput.class);
      assertThat(scratch.resolve("elsewhere")).doesNotExist();
    }
  }

  private static void rename(byte[] archive, String path) {
    Arrays.fill(archive, 0, 100, (byte) 0);
    byte[] name = path.getBytes(US_ASCII);
    System.arraycopy(name, 0, archive, 0, name.length);
    seal(archive);
  }

  /// Makes the checksum of the first header right again.
  private static void seal(byte[] archive) {
    Arrays.fill(archive, 148, 156, (byte) ' ');
    int sum = TarWriter.checksum(Arrays.copyOf(archive, 512));
    byte[] text = "%06o\0 ".formatted(sum).getBytes(US_ASCII);
    System.arraycopy(text, 0, archive, 148, text.length);
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      return files.toList();
    }
  }
}
