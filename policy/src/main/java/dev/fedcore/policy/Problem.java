package dev.fedcore.policy;

/// One thing that is wrong with a bundle, or, as a warning, doubtful.
///
/// @param pointer RFC 6901 JSON Pointer to the place; "" for the whole
/// @param sentence what is wrong, and what to do instead
public record Problem(String pointer, String sentence) {

  @Override
  public String toString() {
    return pointer.isEmpty() ? sentence : pointer + ": " + sentence;
  }
}
