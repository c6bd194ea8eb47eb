package dev.fedcore.cli.proof;

/// One trial: a name, what it shows, and how it goes.
///
/// @param letter as the directive names it
/// @param name of its folder
/// @param title one line for the report
public record Trial(String letter, String name, String title, Course course) {

  /// What is done in a trial.
  @FunctionalInterface
  public interface Course {
    void run(Bench bench);
  }
}
