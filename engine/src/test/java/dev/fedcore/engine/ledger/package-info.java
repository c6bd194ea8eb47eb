/// What the ledger's port promises beside its contract.
@NullMarked
package dev.fedcore.engine.ledger;

import org.jspecify.annotations.NullMarked;
