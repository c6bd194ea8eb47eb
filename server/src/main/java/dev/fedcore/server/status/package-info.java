/// How the pillars are: asked every two seconds, told at `/system/status`.
///
/// Nothing here decides anything. Read [PillarWatch], then [StatusRoutes].
@NullMarked
package dev.fedcore.server.status;

import org.jspecify.annotations.NullMarked;
