package dev.fedcore.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The bundles that come with the product: one for each built-in workflow, and the default.
public final class BuiltInBundles {

  private static final List<String> FILES =
      List.of("pt004-spine.yaml", "executor-action.yaml", "default.yaml");

  private BuiltInBundles() {}

  /// Loads all of them; some tens of milliseconds, so do it once, at start.
  ///
  /// @throws IllegalStateException when one is not sound, which the build's tests rule out
  public static List<PolicyBundle> all() {
    return FILES.stream().map(BuiltInBundles::load).toList();
  }

  /// The text of each, in the order of [#all], to show or to start an own one from.
  public static List<byte[]> texts() {
    return FILES.stream().map(BuiltInBundles::text).toList();
  }

  private static PolicyBundle load(String file) {
    return switch (BundleLoader.load(text(file))) {
      case LoadResult.Loaded(PolicyBundle bundle, List<Problem> _) -> bundle;
      case LoadResult.Rejected(List<Problem> problems) ->
          throw new IllegalStateException("the built-in " + file + " is not sound: " + problems);
    };
  }

  private static byte[] text(String file) {
    try (InputStream in = BuiltInBundles.class.getResourceAsStream("builtin/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the built-in " + file + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
