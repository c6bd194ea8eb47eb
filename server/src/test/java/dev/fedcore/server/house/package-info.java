@NullMarked
package dev.fedcore.server.house;

import org.jspecify.annotations.NullMarked;
