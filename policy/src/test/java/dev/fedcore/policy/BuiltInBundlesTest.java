package dev.fedcore.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.policy.LoadResult.Loaded;
import org.junit.jupiter.api.Test;

class BuiltInBundlesTest {

  @Test
  void every_built_in_bundle_is_sound_without_a_warning_and_has_eight_tests() {
    for (byte[] text : BuiltInBundles.texts()) {
      assertThat(BundleLoader.load(text))
          .isInstanceOfSatisfying(
              Loaded.class,
              loaded -> {
                assertThat(loaded.warnings()).isEmpty();
                assertThat(loaded.bundle().tests()).hasSizeGreaterThanOrEqualTo(8);
              });
    }
  }
}
