package dev.fedcore.evidence.tar;

import dev.fedcore.evidence.sums.SafePath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;

/// Writes a set of files as the one archive that it has: regular files only, in path order, mode
/// 0644, owner 0, time 0. Byte for byte what GNU tar makes of the same list:
///
/// ```
/// tar --format=ustar --no-recursion --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=0644 \
///     -cf run.tar -C folder --verbatim-files-from -T list
/// ```
///
/// @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX pax,
///   "ustar Interchange Format"</a>
public final class TarWriter {

  static final int BLOCK = 512;

  /// GNU tar's blocking factor of 20: an archive's length is a multiple of this, in bytes.
  static final int RECORD = 20 * BLOCK;

  static final int NAME_BYTES = 100;
  static final int PREFIX_BYTES = 155;

  private TarWriter() {}

  /// The archive of `files`.
  ///
  /// @param files path to bytes
  /// @throws IllegalArgumentException when a path is unsafe or fits no header
  public static byte[] write(NavigableMap<String, byte[]> files) {
    var out = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      SafePath.problem(file.getKey())
          .ifPresent(problem -> {
            throw new IllegalArgumentException(file.getKey() + ": " + problem);
          });
      out.writeBytes(header(file.getKey(), file.getValue().length));
      out.writeBytes(file.getValue());
      pad(out, BLOCK);
    }
    out.writeBytes(new byte[2 * BLOCK]);
    pad(out, RECORD);
    return out.toByteArray();
  }

  static byte[] header(String path, int size) {
    int split = split(path);
    byte[] header = new byte[BLOCK];
    put(header, 0, path.substring(split == 0 ? 0 : split + 1));
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar");
    put(header, 263, "00");
    put(header, 329, "0000000");
    put(header, 337, "0000000");
    put(header, 345, path.substring(0, split));
    put(header, 148, "%06o\0 ".formatted(checksum(header)));
    return header;
  }

  /// Where a path is cut into prefix and name, at the slash itself; 0 when all of it is the name.
  ///
  /// @throws IllegalArgumentException when there is no such place
  private static int split(String path) {
    if (path.length() <= NAME_BYTES) {
      return 0;
    }
    int slash = path.lastIndexOf('/', Math.min(path.length() - 2, PREFIX_BYTES));
    if (slash <= 0 || path.length() - slash - 1 > NAME_BYTES) {
      throw new IllegalArgumentException("a path too long for an archive: " + path);
    }
    return slash;
  }

  static int checksum(byte[] header) {
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    return sum;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  private static void pad(ByteArrayOutputStream out, int unit) {
    out.writeBytes(new byte[(unit - out.size() % unit) % unit]);
  }
}
