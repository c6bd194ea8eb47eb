package dev.fedcore.engine.disclosure;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.kernel.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/// Puts names and words back into documents, for people to read. What has been erased reads
/// `erased`.
///
/// @param ledger where the disclosures are
public record Disclosed(Ledger ledger) {

  /// What stands where something was erased.
  public static final String ERASED = "erased";

  private static final byte[] PREFIX = Commitment.PREFIX.getBytes(StandardCharsets.US_ASCII);

  /// What the commitments in these entries stand for; asks the ledger once, or not at all.
  ///
  /// @throws dev.fedcore.engine.ledger.LedgerUnavailable if the ledger did not answer
  public Map<String, String> names(TenantId tenant, List<LoggedEntry> entries) {
    Set<String> found = new HashSet<>();
    for (LoggedEntry entry : entries) {
      byte[] bytes = entry.document().bytes();
      if (holdsAny(bytes)) {
        Matcher matcher = Commitment.ANYWHERE.matcher(text(bytes));
        while (matcher.find()) {
          found.add(matcher.group());
        }
      }
    }
    return found.isEmpty() ? Map.of() : ledger.disclosed(tenant, found);
  }

  /// The document with each commitment replaced, wherever it stands in a text.
  ///
  /// @param document canonical JSON
  /// @param names what [#names] gave
  public static byte[] read(byte[] document, Map<String, String> names) {
    if (!holdsAny(document)) {
      return document;
    }
    String read =
        Commitment.ANYWHERE
            .matcher(text(document))
            .replaceAll(found ->
                Matcher.quoteReplacement(escaped(names.getOrDefault(found.group(), ERASED))));
    return read.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// As it stands between the quotation marks of a JSON string.
  private static String escaped(String value) {
    String quoted = text(new CanonicalWriter().string(value).toBytes());
    return quoted.substring(1, quoted.length() - 1);
  }

  private static boolean holdsAny(byte[] bytes) {
    for (int at = 0; at + PREFIX.length < bytes.length; at++) {
      if (bytes[at] == PREFIX[0] && startsAt(bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsAt(byte[] bytes, int at) {
    for (int i = 1; i < PREFIX.length; i++) {
      if (bytes[at + i] != PREFIX[i]) {
        return false;
      }
    }
    return true;
  }
}
