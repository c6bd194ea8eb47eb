package dev.fedcore.http.connection;

import dev.fedcore.http.connection.WatchedConnection.Waiting;
import java.io.IOException;
import java.io.OutputStream;

/// Sends an answer piece by piece: a reader that is slow is waited for, one that has stopped is
/// not.
public final class WatchedOutput extends OutputStream {

  /// Who takes so much within the limit is not too slow; 32 KiB.
  private static final int PIECE_BYTES = 32 * 1024;

  private final OutputStream out;
  private final WatchedConnection connection;

  /// Writes to `out`, which goes out through `connection`.
  public WatchedOutput(OutputStream out, WatchedConnection connection) {
    this.out = out;
    this.connection = connection;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int done = 0; done < length; done += PIECE_BYTES) {
      waitForReader();
      out.write(bytes, from + done, Math.min(PIECE_BYTES, length - done));
    }
    connection.waits(Waiting.FOR_AN_ANSWER);
  }

  @Override
  public void flush() throws IOException {
    waitForReader();
    out.flush();
    connection.waits(Waiting.FOR_AN_ANSWER);
  }

  @Override
  public void close() throws IOException {
    waitForReader();
    out.close();
  }

  private void waitForReader() throws IOException {
    if (!connection.waits(Waiting.FOR_ITS_READER)) {
      throw new IOException("the connection is closed, because nobody read from it");
    }
  }
}
