/// Who acts, for whom, and the names of things: values that cannot hold a wrong one.
///
/// Nothing here makes an identifier: a caller draws it and passes it in. Read [Principal] first.
///
/// Depends on the JDK only.
@NullMarked
package dev.fedcore.kernel.identity;

import org.jspecify.annotations.NullMarked;
