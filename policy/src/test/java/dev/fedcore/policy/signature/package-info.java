/// Tests of keys, versions and signed texts.
@NullMarked
package dev.fedcore.policy.signature;

import org.jspecify.annotations.NullMarked;
