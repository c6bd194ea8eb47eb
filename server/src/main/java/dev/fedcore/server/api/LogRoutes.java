package dev.fedcore.server.api;

import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The transparency log's files, as C2SP tlog-tiles lays them out. Sent as they lie on disk.
///
/// @see <a href="https://c2sp.org/tlog-tiles">tlog-tiles</a>
public final class LogRoutes {

  /// A tile's path: a level or `entries`, and its index in groups of three, perhaps partial.
  /// Nothing that fits can lead out of the directory.
  private static final Pattern TILE =
      Pattern.compile("(entries|[0-5]?[0-9])(/x[0-9]{3}){0,5}/[0-9]{3}(\\.p/[0-9]{1,3})?");

  /// Full tiles never change.
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final Path directory;
  private final String verifierKey;

  /// Serves the files below `directory`.
  ///
  /// @param verifierKey the public key that checkpoints are signed with, in vkey form
  public LogRoutes(Path directory, String verifierKey) {
    this.directory = directory;
    this.verifierKey = verifierKey;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/log/checkpoint", Accesses.LOG, this::checkpoint),
        new Route("GET", "/log/key", Accesses.LOG, this::key),
        new Route("GET", "/log/tile/{path*}", Accesses.LOG, this::tile));
  }

  private Response checkpoint(Request request) {
    return Response.of(200, MediaTypes.TEXT, file("checkpoint"));
  }

  private Response key(Request request) {
    byte[] line = (verifierKey + "\n").getBytes(StandardCharsets.UTF_8);
    return Response.of(200, MediaTypes.TEXT, line);
  }

  private Response tile(Request request) {
    String path = request.parameter("path");
    if (!TILE.matcher(path).matches()) {
      throw noFile();
    }
    return Response.of(200, MediaTypes.BYTES, file("tile/" + path)).with("Cache-Control", FOREVER);
  }

  private byte[] file(String name) {
    try {
      return Files.readAllBytes(directory.resolve(name));
    } catch (NoSuchFileException _) {
      throw noFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemFound noFile() {
    return new ProblemFound(
        Problem.of(
            ProblemKind.UNKNOWN_LOG_FILE,
            "the log has no such file, or not yet: the checkpoint says how far it goes"));
  }
}
