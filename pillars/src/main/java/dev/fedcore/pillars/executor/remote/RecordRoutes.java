package dev.fedcore.pillars.executor.remote;

import dev.fedcore.engine.erasure.SideStore;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.erasure.ErasureRequest;
import dev.fedcore.kernel.identity.RunId;
import java.util.List;

/// Lets Federation Core erase what the adapters of this process keep of runs.
public final class RecordRoutes {

  /// The most runs of one request.
  static final int RUNS_MAX = 1_000;

  static final String PATH = "/adapters/erasures";
  static final String RUN_IDS = "run_ids";
  static final String REWRITE_FILES = "rewrite_files";

  private final SideStore records;

  public RecordRoutes(SideStore records) {
    this.records = records;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(new Route("POST", PATH, ErasureRequest.ACCESS, this::erase));
  }

  private Response erase(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    List<String> texts = fields.strings(RUN_IDS);
    boolean isRewriting = fields.bool(REWRITE_FILES, false);
    fields.end();
    if (texts.size() > RUNS_MAX) {
      throw new MalformedInput(
          fields.pointer(RUN_IDS),
          "has %,d runs; send at most %,d".formatted(texts.size(), RUNS_MAX));
    }
    records.forget(runs(texts, fields.pointer(RUN_IDS)));
    if (isRewriting) {
      records.compact();
    }
    return Response.json(200, JsonObject.builder().put(REWRITE_FILES, isRewriting).build());
  }

  private static List<RunId> runs(List<String> texts, String pointer) {
    try {
      return texts.stream().map(RunId::parse).toList();
    } catch (IllegalArgumentException _) {
      throw new MalformedInput(pointer, "must hold ids of runs");
    }
  }
}
