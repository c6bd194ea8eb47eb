package dev.fedcore.kernel.identity;

/// For whom a run is kept. Nothing of one tenant is shown to another.
public record TenantId(String value) {

  /// The longest name, in characters; it stands in every row and every entry.
  public static final int LENGTH_MAX = 64;

  /// The tenant of everybody who names none.
  public static final TenantId DEFAULT = new TenantId("default");

  public TenantId {
    Names.checked("a tenant", value, LENGTH_MAX);
  }

  @Override
  public String toString() {
    return value;
  }
}
