/// Tests of what becomes of policy bundles in a running server.
@NullMarked
package dev.fedcore.server.policies;

import org.jspecify.annotations.NullMarked;
