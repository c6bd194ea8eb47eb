package dev.fedcore.adapters.whatsapp;

import dev.fedcore.evidence.json.JsonObject;
import java.util.List;

/// What Meta reports of a message that it accepted.
///
/// @param effectKey whose effect the message is
/// @param wamid what Meta calls it
/// @param errors why it failed, as Meta says it: `code`, `title` and `details`
public record DeliveryReport(
    String effectKey, String wamid, DeliveryStatus status, List<JsonObject> errors) {

  public DeliveryReport {
    errors = List.copyOf(errors);
  }
}
