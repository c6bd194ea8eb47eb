package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.Cursors;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Filter;
import dev.fedcore.pillars.bucket.store.Kept;
import dev.fedcore.pillars.bucket.store.Totals;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Pages of one chain: the newest entries of one product, oldest first. Entries are shown with
/// their hash after them.
record EntryPages(BucketStore store) {

  static final int LIMIT_MAX = 1_000;
  static final int LIMIT_DEFAULT = 100;

  /// How a page looks.
  ///
  /// @param name of the array of entries
  /// @param hashName what an entry's hash is called
  /// @param more members after the array
  record Form(String name, String hashName, Map<String, JsonObject> more) {}

  Response page(Request request, Chain chain, Product product, Filter filter, Form form) {
    int limit = request.query().integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    long before = Cursors.read(request, Cursors::count).orElse(Long.MAX_VALUE);
    List<Kept> kept = store.page(chain, product.id(), filter, before, limit);
    Totals totals = store.totals(product.id());
    long count =
        switch (chain) {
          case EVENTS -> totals.events();
          case AUDIT -> totals.audits();
        };
    var out = new ByteArrayOutputStream();
    put(out, "{\"" + form.name() + "\":[");
    for (int i = 0; i < kept.size(); i++) {
      put(out, i == 0 ? "" : ",");
      entry(out, kept.get(i), form.hashName());
    }
    put(out, "],\"count\":%d,\"showing\":%d".formatted(count, kept.size()));
    put(out, ",\"product_id\":\"%s\"".formatted(product.id()));
    boolean isEnd = kept.size() < limit || kept.getFirst().seq() == 0;
    put(out, ",\"next_cursor\":" + (isEnd ? "null" : cursor(kept.getFirst())));
    form.more()
        .forEach((name, value) -> {
          put(out, ",\"" + name + "\":");
          out.writeBytes(value.canonicalBytes());
        });
    put(out, "}");
    return Response.json(200, out.toByteArray());
  }

  private static String cursor(Kept first) {
    return '"' + Cursors.write(Long.toString(first.seq())) + '"';
  }

  private static void entry(ByteArrayOutputStream out, Kept kept, String hashName) {
    byte[] shown = kept.shown();
    out.write(shown, 0, shown.length - 1);
    put(out, ",\"%s\":\"%s\"}".formatted(hashName, kept.hash()));
  }

  private static void put(ByteArrayOutputStream out, String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
