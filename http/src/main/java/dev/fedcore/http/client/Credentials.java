package dev.fedcore.http.client;

import dev.fedcore.http.Response.Field;
import dev.fedcore.kernel.identity.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a service tells another who it is.
@FunctionalInterface
public interface Credentials {

  /// The headers that say so.
  ///
  /// @param actor on whose behalf the service asks; left out where it may not speak for others
  List<Field> headers(Optional<String> actor);

  /// The headers of a request on behalf of `actor`.
  default List<Field> headers(String actor) {
    return headers(Optional.of(actor));
  }

  /// The headers of a request on behalf of `actor` of `tenant`.
  ///
  /// @param tenant sent as `X-Tenant-Id`, unless it is the one that whoever states none is of
  default List<Field> headers(Optional<String> actor, TenantId tenant) {
    var headers = new ArrayList<>(headers(actor));
    if (!tenant.equals(TenantId.DEFAULT)) {
      headers.add(new Field("X-Tenant-Id", tenant.value()));
    }
    return headers;
  }

  /// Says its name and nothing else: for services that trust their own machine.
  static Credentials trusted(String service) {
    return actor -> List.of(new Field("X-Actor-Id", actor.orElse(service)));
  }
}
