package dev.fedcore.cli.proof;

import dev.fedcore.cli.client.FedcoreClient;

/// The two people of the proof.
///
/// @param operator starts runs
/// @param approver answers gates
public record Actors(FedcoreClient operator, FedcoreClient approver) {}
