package dev.fedcore.evidence.tar;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.sums.SafePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// Reads archives that [TarWriter] could have written, and no others. What another tool might read
/// in another way is refused: links, devices, folders, paths that lead outside, a path twice, paths
/// out of order, a wrong checksum, bytes after the end.
public final class TarReader {

  /// The most members.
  public static final int MEMBERS_MAX = 100_000;

  private TarReader() {}

  /// The archive's files, path to bytes.
  ///
  /// @throws MalformedInput for the first thing that is wrong, by offset
  public static NavigableMap<String, byte[]> read(byte[] archive) {
    if (archive.length == 0 || archive.length % TarWriter.RECORD != 0) {
      throw new MalformedInput(
          "", "not an archive: its length is no multiple of 10,240 bytes; it may be cut off");
    }
    var files = new TreeMap<String, byte[]>();
    Set<String> twins = new HashSet<>();
    String last = "";
    int at = 0;
    while (!isZero(archive, at, at + TarWriter.BLOCK)) {
      Header header = Header.read(archive, at);
      if (last.compareTo(header.path) >= 0 || !twins.add(SafePath.twin(header.path))) {
        throw wrong(at, header.path + " is out of order, there twice, or differs in case only");
      }
      int from = at + TarWriter.BLOCK;
      long end = from + padded(header.size);
      if (end + 2L * TarWriter.BLOCK > archive.length || files.size() >= MEMBERS_MAX) {
        throw wrong(at, header.path + " is cut off, or there are too many files");
      }
      files.put(header.path, Arrays.copyOfRange(archive, from, from + (int) header.size));
      if (!isZero(archive, from + (int) header.size, (int) end)) {
        throw wrong(at, "the padding after " + header.path + " is not empty");
      }
      last = header.path;
      at = (int) end;
    }
    requireEnd(archive, at);
    return files;
  }

  private static void requireEnd(byte[] archive, int at) {
    int end = at + 2 * TarWriter.BLOCK;
    int length = (end + TarWriter.RECORD - 1) / TarWriter.RECORD * TarWriter.RECORD;
    if (archive.length != length || !isZero(archive, at, archive.length)) {
      throw wrong(at, "something follows the end of the archive");
    }
  }

  private static long padded(long size) {
    return (size + TarWriter.BLOCK - 1) / TarWriter.BLOCK * TarWriter.BLOCK;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < Math.min(to, bytes.length); i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static MalformedInput wrong(int offset, String problem) {
    return new MalformedInput("", "at byte %,d: %s".formatted(offset, problem));
  }

  /// A header that is what [TarWriter] would have written for its path and size.
  private record Header(String path, long size) {

    static Header read(byte[] archive, int at) {
      byte[] block = Arrays.copyOfRange(archive, at, at + TarWriter.BLOCK);
      char type = (char) block[156];
      if (type != '0') {
        throw wrong(at, "only regular files are read, this is of type '%c'".formatted(shown(type)));
      }
      String prefix = text(block, 345, TarWriter.PREFIX_BYTES);
      String name = text(block, 0, TarWriter.NAME_BYTES);
      String path = prefix.isEmpty() ? name : prefix + "/" + name;
      SafePath.problem(path)
          .ifPresent(problem -> {
            throw wrong(at, problem);
          });
      String size = text(block, 124, 12);
      if (!size.matches("[0-7]{11}")) {
        throw wrong(at, "the size of " + path + " is not eleven octal digits");
      }
      long bytes = Long.parseLong(size, 8);
      if (bytes > Integer.MAX_VALUE || !Arrays.equals(block, rewritten(at, path, (int) bytes))) {
        throw wrong(at, "the header of " + path + " is not in its one form, or its sum is wrong");
      }
      return new Header(path, bytes);
    }

    private static byte[] rewritten(int at, String path, int size) {
      try {
        return TarWriter.header(path, size);
      } catch (IllegalArgumentException e) {
        throw wrong(at, String.valueOf(e.getMessage()));
      }
    }

    private static char shown(char type) {
      return type > ' ' && type <= '~' ? type : '?';
    }

    private static String text(byte[] block, int offset, int length) {
      int end = offset;
      while (end < offset + length && block[end] != 0) {
        end++;
      }
      return new String(block, offset, end - offset, StandardCharsets.ISO_8859_1);
    }
  }
}
