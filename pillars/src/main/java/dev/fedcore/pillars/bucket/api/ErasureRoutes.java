package dev.fedcore.pillars.bucket.api;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.engine.erasure.Mentions;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.erasure.ErasureAnswer;
import dev.fedcore.http.erasure.ErasureRequest;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Draft;
import dev.fedcore.pillars.bucket.store.Erasing;
import dev.fedcore.sqlite.StoreUnavailable;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Erases one person from the entries of the tenant of whoever asks. Asked by an operator, or by
/// Federation Core, which hands on what it is asked itself.
final class ErasureRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(ErasureRoutes.class);

  private final BucketStore store;
  private final List<Runnable> forgetting;

  /// @param forgetting whoever remembers what entries said, and reads it again
  ErasureRoutes(BucketStore store, List<Runnable> forgetting) {
    this.store = store;
    this.forgetting = List.copyOf(forgetting);
  }

  /// The operations of this class.
  List<Route> routes() {
    return List.of(new Route("POST", ErasureRequest.PATH, ErasureRequest.ACCESS, this::erase));
  }

  private Response erase(Request request) {
    ErasureRequest wanted = ErasureRequest.read(request);
    Principal by = request.principal();
    long erased = erased(erasing(wanted, by));
    return Response.json(200, new ErasureAnswer(erased, compacted()).json());
  }

  private long erased(Erasing erasing) {
    try {
      return store.erase(erasing);
    } finally {
      forgetting.forEach(Runnable::run);
    }
  }

  /// The entry that stays must not name the person that went, not even one who asked for it.
  private static Erasing erasing(ErasureRequest wanted, Principal by) {
    var mentions = new Mentions(wanted.subject());
    boolean isOwn = mentions.in("by", new JsonString(by.actor()));
    String requester = isOwn ? Disclosed.ERASED : by.actor();
    var columns =
        new Draft.Columns(
            Product.OWN.id(),
            by.tenant().value(),
            requester,
            Optional.empty(),
            Erasing.OPERATION,
            Optional.empty(),
            Optional.of("success"));
    JsonObject members =
        JsonObject.builder()
            .put(AuditRecord.OPERATION_TYPE, Erasing.OPERATION)
            .put(AuditRecord.ARTIFACT_ID, "erasure")
            .put(AuditRecord.INTEGRATION_ID, Product.OWN.id())
            .put("requester_id", requester)
            .put(AuditRecord.STATUS, "success")
            .put("reason", mentions.erasedFrom(wanted.reason()))
            .put("immutable", true)
            .put("audit_version", "1.0")
            .build();
    return new Erasing(mentions, columns, members);
  }

  private boolean compacted() {
    try {
      store.compact();
      return true;
    } catch (StoreUnavailable e) {
      LOG.warn("event=not_compacted why=\"{}\"", e.getMessage());
      return false;
    }
  }
}
