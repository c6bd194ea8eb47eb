package dev.fedcore.evidence.tar;

import dev.fedcore.evidence.sums.SafePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
    try {
      write(files, out);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  /// Writes the archive of `files` as it is made, one member after the other. Nothing is written
  /// unless all of it can be.
  ///
  /// @throws IllegalArgumentException when a path is unsafe or fits no header
  /// @throws IOException when `out` takes no more
  public static void write(NavigableMap<String, byte[]> files, OutputStream out)
      throws IOException {
    for (String path : files.keySet()) {
      SafePath.problem(path)
          .ifPresent(problem -> {
            throw new IllegalArgumentException(path + ": " + problem);
          });
      var _ = split(path);
    }
    long written = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] bytes = file.getValue();
      out.write(header(file.getKey(), bytes.length));
      out.write(bytes);
      out.write(padding(bytes.length, BLOCK));
      written += BLOCK + bytes.length + padding(bytes.length, BLOCK).length;
    }
    out.write(new byte[2 * BLOCK]);
    out.write(padding(written + 2 * BLOCK, RECORD));
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

  private static byte[] padding(long length, int unit) {
    return new byte[(int) ((unit - length % unit) % unit)];
  }
}
