/// Services of one process together, as a person who starts them sees them: through public entry
/// points and HTTP only. Read [HouseTest].
@NullMarked
package dev.fedcore.server.house;

import org.jspecify.annotations.NullMarked;
