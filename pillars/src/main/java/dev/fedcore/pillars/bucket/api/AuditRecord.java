package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Draft;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An audit entry that is put together. For one thread.
final class AuditRecord {

  static final String OPERATION_TYPE = "operation_type";
  static final String ARTIFACT_ID = "artifact_id";
  static final String INTEGRATION_ID = "integration_id";
  static final String STATUS = "status";
  static final String DATA_BEFORE = "data_before";
  static final String DATA_AFTER = "data_after";
  static final String ERROR_MESSAGE = "error_message";

  private final Product product;
  private final Caller requester;
  private final String operation;
  private final String artifact;
  private final Map<String, JsonValue> optional = new LinkedHashMap<>();
  private String integration = "bucket";
  private String status = "success";
  private Optional<String> id = Optional.empty();

  AuditRecord(Product product, Caller requester, String operation, String artifact) {
    this.product = product;
    this.requester = requester;
    this.operation = operation;
    this.artifact = artifact;
  }

  AuditRecord integration(String name) {
    integration = name;
    return this;
  }

  /// `success`, `failure`, `blocked` or `critical`.
  AuditRecord status(String text) {
    status = text;
    return this;
  }

  AuditRecord id(Optional<String> name) {
    id = name;
    return this;
  }

  AuditRecord error(String message) {
    optional.put(ERROR_MESSAGE, new JsonString(message));
    return this;
  }

  AuditRecord before(Optional<? extends JsonValue> value) {
    value.ifPresent(json -> optional.put(DATA_BEFORE, json));
    return this;
  }

  AuditRecord after(Optional<? extends JsonValue> value) {
    value.ifPresent(json -> optional.put(DATA_AFTER, json));
    return this;
  }

  Draft draft() {
    JsonObject.Builder members =
        JsonObject.builder()
            .put(OPERATION_TYPE, operation)
            .put(ARTIFACT_ID, artifact)
            .put("requester_id", requester.name())
            .put(INTEGRATION_ID, integration)
            .put(STATUS, status)
            .put("immutable", true)
            .put("audit_version", "1.0");
    optional.forEach(members::put);
    JsonObject said = members.build();
    JsonObject meant = said.with("product_id", new JsonString(product.id()));
    return new Draft(Chain.AUDIT, columns(), meant, said);
  }

  private Draft.Columns columns() {
    return new Draft.Columns(
        product.id(),
        requester.tenant(),
        requester.name(),
        id,
        operation,
        Optional.of(artifact),
        Optional.of(status));
  }
}
