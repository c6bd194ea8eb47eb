package dev.fedcore.policy;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.kernel.identity.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A sound policy bundle: its rules compiled, its document as it was written. Immutable; for any
/// number of threads at once. Only [BundleLoader] makes one that may be activated.
///
/// @param policyId names the policy through all its versions
/// @param owner who answers for it, if it says so
/// @param appliesTo the workflow ids it decides about; empty for a default
/// @param fallback the answer when no rule matches; always a denial
/// @param tiers by number
/// @param inputs what rules may read, by name
/// @param rules in the bundle's order
/// @param invariants what every answer keeps to, in the bundle's order
/// @param signatures that the document carries; whose they are, and whether they hold, is not known
/// @param document the bundle as JSON
/// @param hash SHA-256 of the canonical form of the document without its signatures
public record PolicyBundle(
    String policyId,
    String version,
    Optional<String> owner,
    Optional<String> description,
    List<String> appliesTo,
    Fallback fallback,
    SortedMap<Integer, Tier> tiers,
    Map<String, InputDeclaration> inputs,
    List<Rule> rules,
    List<Invariant> invariants,
    List<BundleTest> tests,
    List<SignatureLine> signatures,
    JsonObject document,
    Digest hash) {

  /// The `apiVersion` of the format.
  public static final String API_VERSION = "fedcore.policy/v1";

  /// The `kind` of the format.
  public static final String KIND = "PolicyBundle";

  public PolicyBundle {
    appliesTo = List.copyOf(appliesTo);
    tiers = Collections.unmodifiableSortedMap(new TreeMap<>(tiers));
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    rules = List.copyOf(rules);
    invariants = List.copyOf(invariants);
    tests = List.copyOf(tests);
    signatures = List.copyOf(signatures);
  }

  /// What signatures of this bundle are over, and those it carries: one line each for the format,
  /// the policy's id, the version and the bundle's hash.
  public Note note() {
    return new Note(
        "%s\n%s\n%s\n%s\n".formatted(API_VERSION, policyId, version, hash.hex()), signatures);
  }

  /// Whether it decides about every workflow that no other bundle names.
  public boolean isDefault() {
    return appliesTo.isEmpty();
  }

  /// The tier of a denial by error.
  public int highestTier() {
    return tiers.lastKey();
  }

  /// The denial of a step that no rule matches.
  public record Fallback(int tier, String reason) {}
}
