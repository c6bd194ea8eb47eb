package dev.fedcore.evidence.log;

import java.util.regex.Pattern;

/// Names of tiles and entry bundles, relative to the log's directory or URL.
///
/// @see <a href="https://c2sp.org/tlog-tiles#merkle-tree">C2SP tlog-tiles, "Merkle Tree"</a>
public final class TilePath {

  /// Hashes in a full tile, and entries in a full bundle.
  public static final int FULL = 256;

  /// Levels of tiles that a tree of 2^63 leaves has at most, with 8 tree levels each.
  static final int LEVELS_MAX = 8;

  private static final int GROUP = 1_000;

  private static final Pattern VALID =
      Pattern.compile(
          "tile/(?:entries|[0-7])/(?:x[0-9]{3}/){0,6}[0-9]{3}"
              + "(?:\\.p/(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?");

  private TilePath() {}

  /// The path of a hash tile.
  ///
  /// @param width how many hashes it has, from 1 to 256
  public static String tile(int level, long index, int width) {
    if (level < 0 || level >= LEVELS_MAX) {
      throw new IllegalArgumentException("no tiles at level " + level);
    }
    return "tile/" + level + "/" + number(index) + suffix(width);
  }

  /// The path of an entry bundle.
  ///
  /// @param width how many entries it has, from 1 to 256
  public static String entries(long index, int width) {
    return "tile/entries/" + number(index) + suffix(width);
  }

  /// Three digits a group, all but the last with an x: 1234067 is `x001/x234/067`.
  public static String number(long index) {
    if (index < 0) {
      throw new IllegalArgumentException("no tile " + index);
    }
    var path = new StringBuilder("%03d".formatted(index % GROUP));
    for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
      path.insert(0, "x%03d/".formatted(rest % GROUP));
    }
    return path.toString();
  }

  /// Whether `path` has the form of a tile's or bundle's, and so is safe to look up.
  public static boolean isValid(String path) {
    return VALID.matcher(path).matches();
  }

  /// How many hashes of tile `index` at `level` a tree of `size` leaves fills; 0 to 256.
  static int width(int level, long index, long size) {
    long filled = (size >>> (8 * level)) - index * FULL;
    return Math.clamp(filled, 0, FULL);
  }

  private static String suffix(int width) {
    if (width < 1 || width > FULL) {
      throw new IllegalArgumentException("no tile has width " + width);
    }
    return width == FULL ? "" : ".p/" + width;
  }
}
