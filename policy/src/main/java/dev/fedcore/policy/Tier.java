package dev.fedcore.policy;

import dev.fedcore.kernel.policy.ApprovalRequirement;
import java.util.Optional;

/// How much is at stake, and what a flag of this tier asks of people.
///
/// @param number 0 to 9
/// @param approval absent when no rule may flag with this tier
public record Tier(int number, String name, Optional<ApprovalRequirement> approval) {}
