package dev.fedcore.pillars.karma.rules;

import java.util.Optional;

/// What Karma can be told. It never asks, and nothing that it is told makes it act.
public sealed interface Observation {

  /// Whom it is about.
  String userId();

  /// Somebody did something.
  ///
  /// @param role as what; empty for the role that the user has
  record LifeEvent(String userId, Deed deed, Optional<KarmaRole> role, String note)
      implements Observation {}

  /// Somebody did a part of what a plan asks for.
  ///
  /// @param amount above 0
  record Atonement(String userId, String planId, Rite rite, double amount) implements Observation {}

  /// Somebody asks how an offence can be made good.
  record Appeal(String userId, Offence offence) implements Observation {}

  /// A life ends and the next one begins.
  record DeathEvent(String userId) implements Observation {}

  /// Somebody spends what was earned.
  ///
  /// @param token one that can be spent
  /// @param amount above 0
  record Redemption(String userId, Token token, double amount) implements Observation {}

  /// Somebody wants to know how a user stands. Changes nothing.
  record StatsRequest(String userId) implements Observation {}
}
