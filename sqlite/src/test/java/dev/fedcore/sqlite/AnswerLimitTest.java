package dev.fedcore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// Whoever waits for a disk that does not answer does not wait for ever.
class AnswerLimitTest {

  private static final int PATIENCE_SECONDS = 30;

  private final CompletableFuture<String> answer = new CompletableFuture<>();

  @Test
  void fails_an_answer_that_does_not_come_in_time() throws Exception {
    new AnswerLimit("notes", 0).on(answer).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThatThrownBy(answer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void leaves_an_answer_alone_that_has_come() throws Exception {
    answer.complete("done");
    new AnswerLimit("notes", 0).on(answer).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(answer).isCompletedWithValue("done");
  }

  @Test
  void is_taken_back_by_who_has_the_answer() {
    Future<?> limited = new AnswerLimit("notes", PATIENCE_SECONDS).on(answer);
    assertThat(limited.cancel(false)).isTrue();
    assertThat(answer).isNotDone();
  }
}
