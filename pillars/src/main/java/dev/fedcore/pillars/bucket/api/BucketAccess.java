package dev.fedcore.pillars.bucket.api;

import dev.fedcore.http.Access;
import dev.fedcore.kernel.identity.Role;

/// Who may use which kind of operation, before anybody asks what the requester's name allows.
final class BucketAccess {

  static final Access OPEN = new Access.Open();
  static final Access READ = Access.readers("bucket:read");
  static final Access WRITE = Access.needs("bucket:write", Role.EXECUTOR, Role.OPERATOR);
  static final Access GOVERN = Access.keyOnly(Role.ADMIN, Role.APPROVER, Role.EXECUTOR);

  private BucketAccess() {}
}
