package dev.fedcore.http.client;

import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.spi.DnsResolver;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// The platform's own look-up. It forgets, so that a service that moved is found where it is now,
/// and it says when there is no such host.
///
/// What it finds keeps the name that was asked for, an address in digits too: the server's
/// certificate is compared with that, and never with what a reverse look-up says.
final class PlatformNames implements DnsResolver {

  @Override
  public InetAddress resolveAddress(String host, DnsAddressLookup preferred) {
    try {
      return InetAddress.getByAddress(host, InetAddress.getByName(host).getAddress());
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
