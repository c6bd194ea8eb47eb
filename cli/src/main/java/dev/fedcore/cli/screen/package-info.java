/// What people see of runs and gates: the answers of the server as lines for somebody who has
/// twenty seconds.
@NullMarked
package dev.fedcore.cli.screen;

import org.jspecify.annotations.NullMarked;
