package dev.fedcore.http.client;

import dev.fedcore.http.Response.Field;
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

  /// Says its name and nothing else: for services that trust their own machine.
  static Credentials trusted(String service) {
    return actor -> List.of(new Field("X-Actor-Id", actor.orElse(service)));
  }
}
