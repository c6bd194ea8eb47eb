package dev.fedcore.http.connection;

import java.util.concurrent.Semaphore;

/// What one holder has of the room that a server gives to all bodies together, so that many large
/// ones at once, or none that ever ends, cannot fill the memory. For one thread.
public final class BodyRoom {

  private final Semaphore room;
  private int taken;

  BodyRoom(Semaphore room) {
    this.room = room;
  }

  /// Takes room for so many bytes more.
  ///
  /// @return false if there is none
  public boolean take(int bytes) {
    boolean there = room.tryAcquire(bytes);
    taken += there ? bytes : 0;
    return there;
  }

  /// Gives back all that was taken.
  void clear() {
    room.release(taken);
    taken = 0;
  }
}
