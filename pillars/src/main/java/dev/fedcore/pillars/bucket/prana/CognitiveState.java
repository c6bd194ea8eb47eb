package dev.fedcore.pillars.bucket.prana;

/// What PRANA takes a user to be doing.
public enum CognitiveState {
  ON_TASK,
  THINKING,
  IDLE,
  DISTRACTED,
  AWAY,
  OFF_TASK,
  DEEP_FOCUS
}
