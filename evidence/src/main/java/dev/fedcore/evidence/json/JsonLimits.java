package dev.fedcore.evidence.json;

/// How much input a reader takes before it refuses.
///
/// @param bytesMax of the whole document
/// @param depthMax objects and arrays inside each other; at most 512, since each level is a call
/// @param membersMax members and items in the whole document, which bounds the memory it needs
public record JsonLimits(int bytesMax, int depthMax, int membersMax) {

  /// 1 MiB, 64 deep, 10,000 members and items: a hundred times what our own documents need.
  public static final JsonLimits DEFAULT = new JsonLimits(1 << 20, 64, 10_000);

  /// The longest number literal, in characters. The longest canonical one has 25.
  public static final int NUMBER_LENGTH_MAX = 64;

  private static final int DEPTH_CEILING = 512;

  public JsonLimits {
    if (bytesMax < 1 || depthMax < 1 || depthMax > DEPTH_CEILING || membersMax < 0) {
      throw new IllegalArgumentException("no such limits");
    }
  }
}
