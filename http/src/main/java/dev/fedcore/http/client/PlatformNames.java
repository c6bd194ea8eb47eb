package dev.fedcore.http.client;

import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.spi.DnsResolver;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// The platform's own look-up. It forgets, so that a service that moved is found where it is now,
/// and it says when there is no such host.
final class PlatformNames implements DnsResolver {

  @Override
  public InetAddress resolveAddress(String host, DnsAddressLookup preferred) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
