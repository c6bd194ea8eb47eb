package dev.fedcore.server.cosigning;

import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.WitnessPolicy.Log;
import dev.fedcore.http.HttpServer;
import dev.fedcore.http.Problem;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.pillars.witness.Witness;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// A witness that listens, or something in its place.
final class WitnessServed implements AutoCloseable {

  private final Deque<Runnable> closing;
  private final URI uri;

  private WitnessServed(Deque<Runnable> closing, URI uri) {
    this.closing = closing;
    this.uri = uri;
  }

  /// A witness of that log, which remembers in `directory`.
  static WitnessServed of(NoteSigner log, Cosigner cosigner, Path directory, int port) {
    Witness.make(directory, cosigner);
    var known = new Log(NoteVerifier.parse(log.verifierKey()), Optional.empty());
    var witness = Witness.open(directory, cosigner, List.of(known), InstantSource.system());
    Deque<Runnable> closing = new ArrayDeque<>();
    closing.push(witness::close);
    return new WitnessServed(closing, listen(witness.routes(), port, closing));
  }

  /// Something else that answers.
  static WitnessServed over(List<Route> routes, int port) {
    Deque<Runnable> closing = new ArrayDeque<>();
    return new WitnessServed(closing, listen(routes, port, closing));
  }

  private static URI listen(List<Route> routes, int port, Deque<Runnable> closing) {
    var router =
        new Router(
            routes,
            (_, _) -> new Principal(Principal.ANONYMOUS, TenantId.DEFAULT, Set.of()),
            (_, _, _, _) -> {},
            new SplittableRandom(1),
            System::nanoTime,
            Problem::toResponse);
    HttpServer server = HttpServer.start("127.0.0.1", port, router);
    closing.push(server::close);
    return server.uri();
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
