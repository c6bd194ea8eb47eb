/// Who may ask: tokens, keys, and the walls between tenants.
@NullMarked
package dev.fedcore.server.identity;

import org.jspecify.annotations.NullMarked;
