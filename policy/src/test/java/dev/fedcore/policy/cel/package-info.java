/// Tests of the expression language as the policy module sees it.
@NullMarked
package dev.fedcore.policy.cel;

import org.jspecify.annotations.NullMarked;
