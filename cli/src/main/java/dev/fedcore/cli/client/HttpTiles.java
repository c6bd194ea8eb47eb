package dev.fedcore.cli.client;

import dev.fedcore.evidence.log.TileSource;
import java.util.Optional;

/// A log's tiles, read from a server under `/log/`. A tile that the server does not have is empty.
public record HttpTiles(FedcoreClient client) implements TileSource {

  @Override
  public Optional<byte[]> tile(String path) {
    Answer answer = client.get("/log/" + path);
    return answer.succeeded() ? Optional.of(answer.bytes()) : Optional.empty();
  }
}
