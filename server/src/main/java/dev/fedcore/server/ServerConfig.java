package dev.fedcore.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/// What is configured when a server starts.
///
/// @param data the directory that everything is kept in
/// @param host a name or an address to listen on
/// @param port 0 for any that is free
/// @param secretKey by which tokens are signed; no token is good without one
/// @param policies a directory of bundles to follow
/// @param allowUnregistered whether runs may name workflows that nobody registered
public record ServerConfig(
    Path data,
    String host,
    int port,
    Optional<String> secretKey,
    Optional<Path> policies,
    boolean allowUnregistered) {

  /// The port of Federation Core.
  public static final int PORT_DEFAULT = 9405;

  /// The folder of published evidence: runs, attestations and their index.
  Path evidence() {
    return data.resolve("evidence");
  }

  /// Whether only this machine can reach the address that is listened on.
  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
