package dev.fedcore.evidence.awo.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.verify.SmallRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every byte of a bundle counts. A sample of positions and of bundles is tried; all of them with
/// `testing/mutations`.
class BundleMutationTest {

  /// Every position is tried with `-Dmutations.stride=1`.
  private static final int STRIDE = Integer.getInteger("mutations.stride", 211);

  private static final int UNTOUCHED = Integer.getInteger("mutations.untouched", 25);

  /// Eight flips of one bit, and of all.
  private static final int[] MASKS = {1, 2, 4, 8, 16, 32, 64, 128, 255};

  private static final int BUNDLE_BYTES_MIN = 32 << 10;
  private static final int RUNS_IN_ONE_ROOT = 50;

  @TempDir Path scratch = Path.of("");

  @Test
  void a_change_of_any_byte_is_found_with_its_code() {
    byte[] bundle = new SampleRoot(scratch).coreRun().bundle(SmallRun.RUN);
    assertThat(bundle).hasSizeGreaterThan(BUNDLE_BYTES_MIN);
    assertThat(SampleRoot.verify(bundle).findings()).isEmpty();
    Region[] regions = regions(bundle);
    var tried = new AtomicLong();

    IntStream.range(0, bundle.length)
        .filter(at -> at % STRIDE == 0)
        .parallel()
        .forEach(at -> {
          for (int mask : MASKS) {
            byte[] changed = bundle.clone();
            changed[at] ^= (byte) mask;
            requireFound(changed, regions[at], at);
            tried.incrementAndGet();
          }
        });

    long positions = (bundle.length + STRIDE - 1L) / STRIDE;
    assertThat(tried.get()).isEqualTo(positions * MASKS.length);
    Report.count("mutations of a bundle of %,d bytes, all found", tried.get(), bundle.length);
  }

  private static void requireFound(byte[] changed, Region region, int at) {
    var codes = EnumSet.noneOf(AwoCode.class);
    SampleRoot.verify(changed).findings().stream().map(Finding::code).forEach(codes::add);
    assertThat(codes).as("byte %d, %s", at, region).containsAnyElementsOf(region.codes);
  }

  @Test
  void a_bundle_as_it_was_written_is_never_refused() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < UNTOUCHED; i++) {
      var sample = new SampleRoot(scratch.resolve("root-" + i / RUNS_IN_ONE_ROOT));
      String id = "run-" + i;
      for (int file = random.nextInt(6); file > 0; file--) {
        byte[] content = new byte[random.nextInt(2_000)];
        random.nextBytes(content);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        sample.put(id, "artifacts/" + "d/".repeat(random.nextInt(4)) + random.nextInt(), text);
      }
      assertThat(SampleRoot.verify(sample.awoRun(id).bundle(id)).findings()).as(id).isEmpty();
    }
    Report.count("untouched bundles, none refused", UNTOUCHED, 0);
  }

  /// What a byte belongs to, and which codes may say that it changed.
  private record Region(String file, Set<AwoCode> codes) {}

  private static Region[] regions(byte[] bundle) {
    var regions = new Region[bundle.length];
    var outside = new Region("the archive itself", Set.of(AwoCode.INT_002));
    Arrays.fill(regions, outside);
    NavigableMap<String, byte[]> files = new TreeMap<>(Bundle.read(bundle).files().files());
    int at = 0;
    for (var file : files.entrySet()) {
      int from = at + 512;
      Arrays.fill(
          regions,
          from,
          from + file.getValue().length,
          new Region(file.getKey(), codes(file.getKey())));
      at = from + (file.getValue().length + 511) / 512 * 512;
    }
    return regions;
  }

  private static Set<AwoCode> codes(String path) {
    String run = Layout.run(SmallRun.RUN) + "/";
    if (path.endsWith(Layout.ENVELOPE)) {
      return Set.of(AwoCode.ATT_001, AwoCode.ATT_002);
    }
    if (path.equals(run + HashedRegion.SUMS)) {
      return Set.of(AwoCode.INT_001, AwoCode.INT_002);
    }
    boolean hashed = path.startsWith(run) && HashedRegion.covers(path.substring(run.length()));
    return Set.of(hashed || path.endsWith(".tar") ? AwoCode.INT_001 : AwoCode.ATT_002);
  }
}
