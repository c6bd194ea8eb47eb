package dev.fedcore.engine.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON text as bytes, written by us and believed. Never changed by anybody who holds it.
public final class Payload {

  private final byte[] utf8;

  public Payload(byte[] utf8) {
    this.utf8 = utf8;
  }

  public byte[] utf8() {
    return utf8;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload p && Arrays.equals(utf8, p.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
