package dev.fedcore.cli.proof;

import dev.fedcore.cli.client.FedcoreClient.Exchange;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What was asked and answered in one trial, in short. The same request with the same answer, asked
/// again and again while waiting, is one line.
final class Transcript {

  private final List<String> lines = new ArrayList<>();
  private String last = "";

  void add(Exchange exchange) {
    String line =
        "%s: %s%s -> %d%s"
            .formatted(
                exchange.actor(),
                exchange.request(),
                exchange.body().map(body -> " " + text(body.canonicalBytes())).orElse(""),
                exchange.answer().status(),
                inShort(exchange.answer().bytes()));
    if (!line.equals(last)) {
      lines.add(line);
      last = line;
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  private static String inShort(byte[] body) {
    try {
      var answer = new JsonView(JsonReader.readObject(body, JsonLimits.DEFAULT));
      var words = new ArrayList<String>();
      for (String name : List.of("run_id", "gate_id", "status", "code", "detail")) {
        if (answer.has(name)) {
          words.add(name + "=" + answer.text(name));
        }
      }
      return words.isEmpty() ? "" : " " + String.join(" ", words);
    } catch (MalformedInput _) {
      return "";
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
