package dev.fedcore.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Ports for listeners that must be told theirs before they start.
public final class FreePorts {

  private FreePorts() {}

  /// Ports of the loopback interface that were free a moment ago, no two of them equal.
  public static List<Integer> draw(int count) throws IOException {
    var open = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
      }
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : open) {
        socket.close();
      }
    }
  }
}
