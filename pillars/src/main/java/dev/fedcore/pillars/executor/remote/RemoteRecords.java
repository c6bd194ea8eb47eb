package dev.fedcore.pillars.executor.remote;

import dev.fedcore.engine.erasure.SideStore;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.kernel.identity.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the adapters in the executor's process keep of what runs did.
///
/// @param executor with a limit that allows for files to be written anew
public record RemoteRecords(ServiceClient executor, Credentials credentials) implements SideStore {

  @Override
  public void forget(Collection<RunId> runs) {
    post(runs, false);
  }

  @Override
  public void compact() {
    post(List.of(), true);
  }

  private void post(Collection<RunId> runs, boolean isRewriting) {
    JsonObject body =
        JsonObject.builder()
            .put(
                RecordRoutes.RUN_IDS,
                JsonArray.ofStrings(runs.stream().map(RunId::toString).toList()))
            .put(RecordRoutes.REWRITE_FILES, isRewriting)
            .build();
    Answer answer = executor.post(RecordRoutes.PATH, body, credentials.headers(Optional.empty()));
    if (!(answer instanceof Answer.Heard heard && heard.isSuccess())) {
      throw new LedgerUnavailable("erase what the executor keeps: " + answer);
    }
  }
}
