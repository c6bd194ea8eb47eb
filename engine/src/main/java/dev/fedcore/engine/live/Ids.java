package dev.fedcore.engine.live;

import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Draws identifiers: version 7 UUIDs, which sort by the millisecond they were made in.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562, section 5.7</a>
public final class Ids {

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;

  private final InstantSource clock;
  private final Supplier<RandomGenerator> random;

  /// Takes its sources of time and chance.
  ///
  /// @param random gives the calling thread's generator
  public Ids(InstantSource clock, Supplier<RandomGenerator> random) {
    this.clock = clock;
    this.random = random;
  }

  public RunId run() {
    return new RunId(uuid());
  }

  public GateId gate() {
    return new GateId(uuid());
  }

  private UUID uuid() {
    RandomGenerator generator = random.get();
    long high = (clock.millis() << 16) | VERSION_7 | (generator.nextLong() & 0xfff);
    long low = (generator.nextLong() & VARIANT_MASK) | VARIANT;
    return new UUID(high, low);
  }
}
