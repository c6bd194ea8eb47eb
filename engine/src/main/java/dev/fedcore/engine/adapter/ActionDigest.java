package dev.fedcore.engine.adapter;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;

/// The digest that decisions, gates and permits are bound to.
public final class ActionDigest {

  private ActionDigest() {}

  /// The digest of an action in the normal form of `form`.
  public static Digest of(ActionForm form, Action action, String actor, PayloadSalt salt) {
    return of(form.type(), form.version(), action, actor, salt);
  }

  /// The hash of the canonical {action_type, actor, adapter_version, parameters, target} (DESIGN
  /// section 5) with a run's salt.
  public static Digest of(
      String actionType, String adapterVersion, Action action, String actor, PayloadSalt salt) {
    var writer = new CanonicalWriter();
    writer.beginObject();
    writer.name("action_type").string(actionType);
    writer.name("actor").string(actor);
    writer.name("adapter_version").string(adapterVersion);
    writer.name("parameters").value(action.parameters());
    writer.name("target").string(action.target());
    writer.endObject();
    return new Digest(salt.hash(writer));
  }
}
