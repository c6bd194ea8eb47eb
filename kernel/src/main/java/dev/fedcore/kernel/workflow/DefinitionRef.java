package dev.fedcore.kernel.workflow;

import dev.fedcore.kernel.identity.Digest;

/// The exact workflow definition a run began with.
///
/// @param id such as `pt004_execution_spine`
/// @param version such as `1.0.0`
/// @param hash SHA-256 of the definition's canonical form
public record DefinitionRef(String id, String version, Digest hash) {}
