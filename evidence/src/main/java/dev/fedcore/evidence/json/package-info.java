/// JSON in one form only: RFC 8785 bytes out, strict I-JSON (RFC 7493) in.
///
/// What one value means has one sequence of bytes, so a document's hash can be its name. Nothing
/// here is lenient, and nothing maps JSON to classes by reflection.
///
/// Read in this order: [JsonValue], [CanonicalWriter], [JsonReader], [JsonFields].
@NullMarked
package dev.fedcore.evidence.json;

import org.jspecify.annotations.NullMarked;
