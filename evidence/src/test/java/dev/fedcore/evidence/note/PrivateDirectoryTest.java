package dev.fedcore.evidence.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {

  @TempDir Path directory;

  @Test
  void is_made_for_its_owner_alone() throws IOException {
    Path made = directory.resolve("deep").resolve("data");

    PrivateDirectory.make(made);
    PrivateDirectory.make(made);

    assertThat(mode(made)).isEqualTo("rwx------");
  }

  @Test
  void is_left_as_it_is_when_it_is_there() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));

    PrivateDirectory.make(directory);

    assertThat(mode(directory)).isEqualTo("rwxr-x---");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
