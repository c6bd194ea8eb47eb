package dev.fedcore.server.cosigning;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.log.LogProofs;
import dev.fedcore.evidence.log.TileSource;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.evidence.witness.AddCheckpoint;
import dev.fedcore.evidence.witness.WitnessPolicy.Witness;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Asks one witness to cosign, and remembers how far it has come. For one thread.
///
/// @see <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a>
final class WitnessClient {

  /// From the connection to the last byte of one answer. A witness hashes a little and writes once.
  static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  /// How often one checkpoint is sent, when the witness names another size each time. Somebody else
  /// may be asking for the same log, once or twice.
  private static final int TRIES_MAX = 3;

  /// Signature lines, or a size: 16 of the longest signatures have 60 KiB.
  private static final int ANSWER_BYTES_MAX = 1 << 16;

  private static final int COSIGNED = 200;
  private static final int CONFLICT = 409;

  private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})\n");

  private final HttpClient http;
  private final URI target;
  private final Witness witness;
  private long size;

  /// @param witness has a URL
  /// @param size of the last checkpoint that it is known to have cosigned; 0 for none
  WitnessClient(HttpClient http, Witness witness, long size) {
    this.http = http;
    this.witness = witness;
    this.target = URI.create(witness.url().orElseThrow() + "/add-checkpoint");
    this.size = size;
  }

  /// What came of asking.
  sealed interface Answer {

    /// A cosignature that was verified.
    record Cosigned(SignatureLine line) implements Answer {}

    /// The witness does not cosign, or what it said is no cosignature.
    record Refused(String why) implements Answer {}

    /// The witness knows a tree of this log that this log does not have. Nothing that may pass.
    record Contradicted(String why) implements Answer {}

    /// Nothing was heard.
    record Silent(String why) implements Answer {}
  }

  /// Asks for a cosignature.
  ///
  /// @param note the checkpoint, with the log's signature
  /// @param tiles of the log, at least as far as the checkpoint
  Answer ask(Checkpoint checkpoint, String note, TileSource tiles) {
    for (int i = 0; i < TRIES_MAX; i++) {
      List<byte[]> proof =
          size == 0 || size == checkpoint.size()
              ? List.of()
              : LogProofs.consistency(tiles, size, checkpoint.size()).hashes();
      HttpResponse<byte[]> response;
      try {
        response = send(AddCheckpoint.format(size, proof, note));
      } catch (ConnectException | HttpConnectTimeoutException e) {
        return new Answer.Silent(target + " cannot be reached");
      } catch (IOException e) {
        return new Answer.Silent("%s gave no answer within %s".formatted(target, ANSWER_MAX));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Answer.Silent("interrupted while waiting for " + target);
      }
      if (response.statusCode() == COSIGNED) {
        return cosigned(checkpoint, note, response.body());
      }
      if (response.statusCode() != CONFLICT) {
        return new Answer.Refused("it answered %d".formatted(response.statusCode()));
      }
      var matcher = SIZE.matcher(new String(response.body(), UTF_8));
      if (!matcher.matches()) {
        return new Answer.Refused("it answered 409 without a size");
      }
      long known = Long.parseLong(matcher.group(1));
      if (known > checkpoint.size()) {
        return new Answer.Contradicted(
            "it has cosigned %,d entries of this log, which has %,d: "
                    .formatted(known, checkpoint.size())
                + "entries are missing, or another server signs with the same key");
      }
      if (known == size && known == checkpoint.size()) {
        return new Answer.Contradicted(
            "it has cosigned another root of size %,d: two servers sign with one key"
                .formatted(known));
      }
      size = known;
    }
    return new Answer.Refused("it named another size each time");
  }

  private HttpResponse<byte[]> send(byte[] body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(target)
            .timeout(ANSWER_MAX)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
  }

  /// Whoever answers may add lines of others; those are ignored.
  private Answer cosigned(Checkpoint checkpoint, String note, byte[] lines) {
    try {
      Note whole = Note.parse((note + new String(lines, UTF_8)).getBytes(UTF_8));
      return whole
          .signatureOf(witness.key())
          .<Answer>map(line -> {
            size = checkpoint.size();
            return new Answer.Cosigned(line);
          })
          .orElseGet(() -> new Answer.Refused("it answered with no cosignature of its key"));
    } catch (EvidenceRejected e) {
      return new Answer.Refused("what it answered does not verify: " + e.reason());
    }
  }
}
