package dev.fedcore.pillars.bucket.store;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.pillars.bucket.store.Verification.Break;
import dev.fedcore.sqlite.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Walks along a chain and recomputes it: every number, every hash, and that the columns by which
/// rows are found say what the bodies say. For one thread.
final class ChainVerifier {

  /// How many entries are read at once; at most 64 of the largest, which is 64 MiB.
  private static final int PAGE_ROWS = 64;

  /// What a body may be to be read back: more than any that was let in.
  private static final JsonLimits BODY = new JsonLimits(4 << 20, 512, 100_000);

  private final Store<ChainWriter> store;
  private final Chain chain;
  private long next;
  private String head;

  ChainVerifier(Store<ChainWriter> store, Chain chain) {
    this.store = store;
    this.chain = chain;
    this.head = chain.genesis();
  }

  Verification verify() {
    String rows =
        """
        SELECT seq, entry_hash, product, requester, entry_id, body
          FROM %s
         WHERE seq >= ?
         ORDER BY seq
         LIMIT ?
        """
            .formatted(chain.table());
    long counted = counted();
    List<Row> page;
    do {
      page = store.list("verify the chain", rows, Row::read, next, PAGE_ROWS);
      for (Row row : page) {
        Optional<String> problem = problem(row);
        if (problem.isPresent()) {
          return result(Optional.of(new Break(next, problem.get())));
        }
        next++;
        head = row.hash();
      }
    } while (!page.isEmpty());
    return next < counted
        ? result(Optional.of(new Break(next, "%d entries were counted".formatted(counted))))
        : result(Optional.empty());
  }

  private Verification result(Optional<Break> broken) {
    return new Verification(chain, next, head, broken);
  }

  /// Asked first: entries may be added while the chain is walked.
  private long counted() {
    String column =
        switch (chain) {
          case EVENTS -> "events";
          case AUDIT -> "audits";
        };
    String sum =
        """
        SELECT coalesce(sum(%s), 0)
          FROM product
        """
            .formatted(column);
    return store.first("count the chain", sum, row -> row.getLong(1)).orElse(0L);
  }

  private Optional<String> problem(Row row) {
    if (row.seq() != next) {
      return Optional.of("the next entry has seq " + row.seq());
    }
    if (!Sha256.hex(row.body().bytes()).equals(row.hash())) {
      return Optional.of("its bytes do not have its hash");
    }
    try {
      JsonObject body = JsonReader.readObject(row.body().bytes(), BODY);
      return mismatch(row, body);
    } catch (MalformedInput malformed) {
      return Optional.of("its body is no JSON object");
    }
  }

  private Optional<String> mismatch(Row row, JsonObject body) {
    if (!body.get("seq").equals(Optional.of(JsonNumber.of(row.seq())))) {
      return Optional.of("its body has another seq");
    }
    if (!says(body, "prev", head)) {
      return Optional.of("it does not name the hash of the entry before it");
    }
    boolean found =
        says(body, "product_id", row.product())
            && says(body, "requester_id", row.requester())
            && says(body, ChainWriter.idName(chain), row.id());
    return found
        ? Optional.empty()
        : Optional.of("it is listed under another product, requester or id than its body says");
  }

  private static boolean says(JsonObject body, String name, String value) {
    return body.get(name).equals(Optional.of(new JsonString(value)));
  }

  private record Row(
      long seq, String hash, String product, String requester, String id, Body body) {

    static Row read(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          new Body(row.getBytes(6)));
    }
  }

  /// Bytes, kept out of the record's equality.
  private static final class Body {

    private final byte[] bytes;

    Body(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
