/// Runs, gates and entries as readers see them, in JSON. `openapi.json` describes the same shapes.
///
/// Reads what it is handed, and changes nothing. Depends on the live run, the codec and the
/// ledger's values. Read [RunView] first.
@NullMarked
package dev.fedcore.engine.view;

import org.jspecify.annotations.NullMarked;
