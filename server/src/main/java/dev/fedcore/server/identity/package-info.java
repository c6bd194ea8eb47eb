/// Who sends a request: trusted loopback, tokens in the published client's form, API keys.
///
/// Never decides what a principal may do with a run: that is the kernel's and policy's business.
/// Knows roles and scopes only as far as a route asks for them. Secrets are kept as hashes,
/// compared in constant time and never logged.
///
/// Read in this order: [TrustedLoopback], [Credentials], [SdkTokens], [ApiKeys], [KeyFile].
@NullMarked
package dev.fedcore.server.identity;

import org.jspecify.annotations.NullMarked;
