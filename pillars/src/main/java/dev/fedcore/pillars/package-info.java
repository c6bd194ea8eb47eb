/// The services beside Federation Core: executor, bucket, karma and core, a package each.
///
/// They never import each other: they talk by HTTP, whether they run in one process or in five
/// (DESIGN section 9). Each offers its operations as routes; the server listens for them.
///
/// Beside them is the witness, which is no pillar but is built like one: a service with a store of
/// its own, for somebody else's machine.
@NullMarked
package dev.fedcore.pillars;

import org.jspecify.annotations.NullMarked;
