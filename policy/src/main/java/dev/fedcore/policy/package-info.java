/// Policy as a document: typed rules in a bundle, what makes a bundle sound, and the engine that
/// decides by the bundles that are active.
///
/// A bundle is content: its SHA-256 names it in every decision. It is parsed strictly,
/// type-checked, linted and made to pass its own tests before it may decide anything. How answers
/// combine is fixed here and not by authors: every rule is evaluated, deny over flag over allow,
/// the highest tier wins, nothing matched is a denial, and so is every error, limit and time-out.
/// An answer that breaks an invariant of its bundle does not leave.
///
/// A rule sees `actor.id`, `actor.tenant`, `workflow.id`, `workflow.version`, `workflow.execution`
/// (`MANAGED` or `EXTERNAL`), `step.id`, `step.type` (`OBSERVE`, `DECIDE`, `GATE`, `ACT`,
/// `TRANSFORM`), `step.attempt`, `action.type`, `action.target`, and the inputs that its bundle
/// declares under `input.` and `action.parameters.`. It never sees a clock: the same question gets
/// the same answer.
///
/// Read in this order: [PolicyBundle], [BundleLoader], [CelPolicyEngine], [BundleDirectory].
///
/// A bundle may be signed. Where [Admission] is asked for, only one that is signed by a trusted
/// key, and is no older than the one it replaces, may decide.
///
/// Depends on the engine's port, the kernel, the evidence module's JSON and notes, and on
/// [dev.fedcore.policy.cel] for expressions and [dev.fedcore.policy.signature] for signatures.
@NullMarked
package dev.fedcore.policy;

import org.jspecify.annotations.NullMarked;
