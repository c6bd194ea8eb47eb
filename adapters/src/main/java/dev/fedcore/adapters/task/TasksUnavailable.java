package dev.fedcore.adapters.task;

/// The task table did not open, or did not answer a reader.
public final class TasksUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TasksUnavailable(Throwable cause) {
    super("the task table does not answer", cause);
  }
}
