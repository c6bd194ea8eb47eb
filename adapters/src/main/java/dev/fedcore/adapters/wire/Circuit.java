package dev.fedcore.adapters.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps us from asking a receiver that has said that it does not know us, or wants no more of us:
/// whoever goes on with a wrong password is locked out, and not alone.
///
/// Closed, everything passes. Opened, nothing does, but for one in [#REST] that finds out whether
/// somebody has mended it. Forgets all at a restart, which is how most things are mended. Safe for
/// use by many threads at once.
public final class Circuit {

  /// How long nothing is sent until one may try: a person who mends something waits no longer, and
  /// no receiver takes a dozen tries in an hour for an attack.
  public static final Duration REST = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);

  private final String adapter;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Stop> stop = Optional.empty();

  /// A closed circuit.
  ///
  /// @param adapter whose, for the log
  public Circuit(String adapter, InstantSource clock) {
    this.adapter = adapter;
    this.clock = clock;
  }

  /// What an answer says about whether we are welcome.
  public enum Standing {
    /// The receiver knew us.
    WELCOME,
    /// It does not know us, or wants nothing of us any more.
    UNWELCOME,
    /// It did not get so far as to say.
    UNTOLD
  }

  /// @param next when one may try
  private record Stop(String why, Instant next) {}

  /// Why nothing may be sent now; empty when it may. Whoever is let through must tell how it went.
  public Optional<String> stopped() {
    Instant now = clock.instant();
    lock.lock();
    try {
      if (stop.filter(found -> now.isBefore(found.next())).isPresent()) {
        return stop.map(Stop::why);
      }
      stop = stop.map(found -> new Stop(found.why(), now.plus(REST)));
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Takes in how it went.
  ///
  /// @param said what the receiver said, for people
  public void heard(Standing standing, String said) {
    lock.lock();
    try {
      switch (standing) {
        case UNTOLD -> {}
        case WELCOME -> {
          stop.ifPresent(_ -> LOG.info("event=adapter_resumed adapter={}", adapter));
          stop = Optional.empty();
        }
        case UNWELCOME -> {
          LOG.warn(
              "event=adapter_stopped adapter={} next_try={} why=\"{}\"",
              adapter,
              REST,
              said.replace('"', '\''));
          stop = Optional.of(new Stop(said, clock.instant().plus(REST)));
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
