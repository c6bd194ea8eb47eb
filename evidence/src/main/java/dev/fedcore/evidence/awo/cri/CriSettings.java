package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.awo.folder.RunName;

/// What the outside says about one execution of a workflow file.
///
/// @param run the new run's id
/// @param orchestrator who started it, and may therefore not approve it
/// @param commit the commit that the workflow file is from
/// @param branch the branch of that commit
/// @param version of this program
public record CriSettings(
    RunName run, String orchestrator, String commit, String branch, String version) {}
