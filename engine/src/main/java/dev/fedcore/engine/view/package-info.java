/// Runs, gates and entries as readers see them, in JSON. `openapi.json` describes the same shapes.
///
/// Depends on the live run only by what is handed in.
@NullMarked
package dev.fedcore.engine.view;

import org.jspecify.annotations.NullMarked;
