package dev.fedcore.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The shape of the house holds, and every rule about it can fail.
class ArchitectureTest {

  private static final ImportOption WITHOUT_FIXTURES =
      location -> !location.contains("/dev/fedcore/testing/");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .withImportOption(WITHOUT_FIXTURES)
          .importPackages("dev.fedcore");

  static Stream<Claim> claims() {
    return Stream.of(ModuleClaims.all(), PurityClaims.all(), CodeClaims.all()).flatMap(c -> c);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sentences")
  void holds(Named named) {
    assertThatCode(() -> named.claim().rule().check(HOUSE)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sentences")
  void is_broken_by_its_bad_sample(Named named, @TempDir Path directory) {
    List<String> complaints = BadSample.complaints(named.claim(), directory);

    assertThat(complaints).isNotEmpty().noneMatch(line -> line.contains("failed to check any"));
  }

  @Test
  void no_two_claims_say_the_same() {
    assertThat(claims().map(Claim::sentence)).doesNotHaveDuplicates();
  }

  static Stream<Named> sentences() {
    return claims().map(Named::new);
  }

  /// A claim that is shown in a report as its sentence.
  record Named(Claim claim) {
    @Override
    public String toString() {
      return claim.sentence();
    }
  }
}
