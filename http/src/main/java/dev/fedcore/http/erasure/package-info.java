/// What asking a service to erase a person looks like, which is the same for all of them.
///
/// Read [ErasureRequest] first. Depends on the HTTP library only.
@NullMarked
package dev.fedcore.http.erasure;

import org.jspecify.annotations.NullMarked;
