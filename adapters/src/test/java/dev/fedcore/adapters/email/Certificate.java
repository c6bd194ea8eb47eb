package dev.fedcore.adapters.email;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for `localhost` that nobody but these tests trusts, with its key: `localhost.p12`.
final class Certificate {

  private static final char[] PASSWORD = "loopback".toCharArray();

  private Certificate() {}

  /// For a server that shows the certificate.
  static SSLSocketFactory server() {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store(), PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// For a client that trusts it.
  static SSLSocketFactory client() {
    try {
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyStore store() {
    try (var stream =
        Objects.requireNonNull(Certificate.class.getResourceAsStream("localhost.p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(stream, PASSWORD);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
