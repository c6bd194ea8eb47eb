package dev.fedcore.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// How much memory a piece of work asks for, which says how much it copies on any machine.
public final class Allocation {

  private Allocation() {}

  /// The bytes that `work` allocates on this thread, given back or not.
  public static long of(Runnable work) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
