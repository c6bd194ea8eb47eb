package dev.fedcore.server.api;

import static dev.fedcore.kernel.identity.Role.ADMIN;
import static dev.fedcore.kernel.identity.Role.APPROVER;
import static dev.fedcore.kernel.identity.Role.AUDITOR;
import static dev.fedcore.kernel.identity.Role.EXECUTOR;
import static dev.fedcore.kernel.identity.Role.OPERATOR;

import dev.fedcore.http.Access;

/// Who may use which kind of operation: the table of the HTTP contract, in one place.
public final class Accesses {

  public static final Access OPEN = new Access.Open();
  public static final Access.Needs READ = Access.readers("workflow:read");
  public static final Access.Needs READ_GATES = Access.readers("gate:read");
  public static final Access OPERATE = Access.needs("workflow:write", OPERATOR);
  public static final Access MOVE = Access.needs("workflow:write", OPERATOR, EXECUTOR);
  public static final Access ASK_GATE = Access.needs("gate:write", EXECUTOR, OPERATOR);
  public static final Access VOTE = Access.needs("gate:write", APPROVER);
  public static final Access DEFINE = Access.needs("workflow:write", ADMIN);
  public static final Access ADMINISTER = Access.keyOnly(ADMIN);
  public static final Access CHECK_POLICY = Access.keyOnly(ADMIN, OPERATOR);
  public static final Access AUDIT = Access.keyOnly(AUDITOR, ADMIN);
  public static final Access REGISTER_AGENT = Access.needs("workflow:write", EXECUTOR, ADMIN);
  public static final Access REDEEM = Access.needs("workflow:write", EXECUTOR);
  public static final Access LOG = new Access.OpenOnLoopback(READ);

  private Accesses() {}
}
