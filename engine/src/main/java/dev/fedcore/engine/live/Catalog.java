package dev.fedcore.engine.live;

import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Observer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What steps can be done with: one adapter an action type, one observer a source.
public final class Catalog {

  private final Map<String, Adapter> adapters;
  private final Map<String, Observer> observers;

  /// Takes what there is.
  ///
  /// @throws IllegalStateException if two adapters, or two observers, claim the same name
  public Catalog(Collection<Adapter> adapters, Collection<Observer> observers) {
    this.adapters =
        adapters.stream().collect(Collectors.toUnmodifiableMap(Adapter::type, Function.identity()));
    this.observers =
        observers.stream()
            .collect(Collectors.toUnmodifiableMap(Observer::source, Function.identity()));
  }

  public Optional<Adapter> adapter(String type) {
    return Optional.ofNullable(adapters.get(type));
  }

  Optional<Observer> observer(String source) {
    return Optional.ofNullable(observers.get(source));
  }

  String knownAdapters() {
    return String.join(", ", new TreeSet<>(adapters.keySet()));
  }

  String knownSources() {
    return String.join(", ", new TreeSet<>(observers.keySet()));
  }
}
