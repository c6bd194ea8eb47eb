/// Where refusals meet HTTP.
@NullMarked
package dev.fedcore.server.api;

import org.jspecify.annotations.NullMarked;
