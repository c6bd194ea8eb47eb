package dev.fedcore.cli.client;

import dev.fedcore.evidence.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Follows `next_cursor` from page to page.
final class Pages {

  /// The most items that the server gives on one page.
  private static final int PAGE = 200;

  private Pages() {}

  static List<JsonObject> read(FedcoreClient client, String path, String member, int itemsMax) {
    String paged = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
    var items = new ArrayList<JsonObject>();
    String cursor = "";
    do {
      String page = cursor.isEmpty() ? paged : paged + "&cursor=" + FedcoreClient.encoded(cursor);
      JsonView answer = client.get(page).orFail().json();
      answer.objects(member).forEach(item -> items.add(item.object()));
      cursor = answer.text("next_cursor");
    } while (!cursor.isEmpty() && items.size() < itemsMax);
    return items;
  }
}
