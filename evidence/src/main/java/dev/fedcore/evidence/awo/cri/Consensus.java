package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.awo.cri.Scratch.Answer;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// `consensus_vote`: answers that differ only in case and white space count as one; most votes win,
/// then the longer text, then the earlier answer.
final class Consensus {

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Consensus() {}

  static StepOutcome vote(String from, Scratch scratch) {
    List<Answer> answers = scratch.answers(from);
    if (answers.isEmpty()) {
      return new StepOutcome.Failed(
          JsonObject.builder().put("inputs_from", from).build(),
          "there are no answers of step \"" + from + "\" to vote about");
    }
    Map<String, List<Answer>> buckets = new LinkedHashMap<>();
    for (Answer answer : answers) {
      buckets.computeIfAbsent(normal(answer.text()), _ -> new ArrayList<>()).add(answer);
    }
    Comparator<Map.Entry<String, List<Answer>>> rank =
        Comparator.comparingInt(bucket -> bucket.getValue().size());
    var winner =
        buckets.entrySet().stream()
            .sorted(rank.thenComparingInt(bucket -> bucket.getKey().length()).reversed())
            .findFirst()
            .orElseThrow();
    List<Answer> voters = winner.getValue();
    return new StepOutcome.Done(
        JsonObject.builder()
            .put("inputs_from", from)
            .put("total_candidates", answers.size())
            .put("voter_count", voters.size())
            .put("voters", JsonArray.ofStrings(voters.stream().map(Answer::model).toList()))
            .put("consensus_norm", winner.getKey())
            .put("consensus_text", voters.getFirst().text())
            .put("agreement_ratio", JsonNumber.of((double) voters.size() / answers.size()))
            .build());
  }

  static String normal(String text) {
    return SPACE.matcher(text.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
  }
}
