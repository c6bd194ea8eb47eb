package dev.fedcore.evidence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.testing.ForAll;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checked against RFC 8785, appendix B, and against the checksums that
/// cyberphone/json-canonicalization publishes in `testdata/README.md` for its generated numbers.
class CanonicalNumberTest {

  private static final Map<Integer, String> PUBLISHED =
      Map.of(
          1_000, "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687",
          10_000, "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892",
          100_000, "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7",
          1_000_000, "49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void appendix_b_of_the_standard(String bits, String expected) {
    assertThat(CanonicalNumber.format(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refuses_what_is_no_number(double value) {
    assertThatThrownBy(() -> CanonicalNumber.format(value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_million_generated_numbers_have_the_published_checksums() {
    var digest = Sha256.start();
    var numbers = new PublishedNumbers();
    var actual = new TreeMap<Integer, String>();
    for (int line = 1; line <= 1_000_000; line++) {
      long bits = numbers.next();
      String text =
          Long.toHexString(bits)
              + ","
              + CanonicalNumber.format(Double.longBitsToDouble(bits))
              + "\n";
      digest.update(text.getBytes(StandardCharsets.US_ASCII));
      if (PUBLISHED.containsKey(line)) {
        actual.put(line, Sha256.hexOf(copy(digest).digest()));
      }
    }
    assertThat(actual).containsExactlyInAnyOrderEntriesOf(PUBLISHED);
  }

  @Test
  void reads_back_as_the_same_double() {
    ForAll.values(
        20_000,
        random -> Double.longBitsToDouble(random.nextLong()),
        value -> {
          if (!Double.isFinite(value) || value == 0) {
            return;
          }
          assertThat(Double.parseDouble(CanonicalNumber.format(value))).isEqualTo(value);
        });
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The published sequence: 168 chosen numbers, 2,000 neighbours, then a chain of SHA-256.
  private static final class PublishedNumbers {

    private static final int SERIAL = 2_000;
    private static final long SERIAL_FROM = 0x0010000000000000L;

    private final long[] chosen = chosen();
    private byte[] block = new byte[Sha256.BYTES];
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private int at;

    long next() {
      int index = at++;
      if (index < chosen.length) {
        return chosen[index];
      }
      if (index < chosen.length + SERIAL) {
        return SERIAL_FROM + index - chosen.length;
      }
      long bits = drawn();
      while (!Double.isFinite(Double.longBitsToDouble(bits))
          || Double.longBitsToDouble(bits) == 0) {
        bits = drawn();
      }
      return bits;
    }

    private long drawn() {
      if (!rest.hasRemaining()) {
        block = Sha256.digest(block);
        rest = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
      }
      return rest.getLong();
    }

    private static long[] chosen() {
      return Vectors.lines("es6-first-numbers.txt")
          .mapToLong(line -> Long.parseUnsignedLong(line, 16))
          .toArray();
    }
  }
}
