/// Federation Core as its clients meet it: a real server on a free port, over a real ledger.
@NullMarked
package dev.fedcore.server;

import org.jspecify.annotations.NullMarked;
