package dev.kagami.core.fanout;

import dev.kagami.core.error.ValdException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of a call to each of several targets, in the order in which they were named.
 *
 * @param <T> the kind of target; its {@code toString} names it in messages
 */
public record Outcomes<T, R>(Map<T, Outcome<R>> byTarget) {
  public Outcomes {
    byTarget = Collections.unmodifiableMap(new LinkedHashMap<>(byTarget));
  }

  public Set<T> targets() {
    return byTarget.keySet();
  }

  /** The answers of those that answered. */
  public List<R> answers() {
    return byTarget.values().stream()
        .<R>mapMulti((outcome, sink) -> {
          if (outcome instanceof Outcome.Answered<R>(R value)) {
            sink.accept(value);
          }
        })
        .toList();
  }

  /** The errors of those that did not answer, whether they refused or were silent. */
  public Map<T, ValdException> failures() {
    var failures = new LinkedHashMap<T, ValdException>();
    byTarget.forEach((target, outcome) -> {
      switch (outcome) {
        case Outcome.Answered<R> _ -> {}
        case Outcome.Rejected<R>(var error) -> failures.put(target, error);
        case Outcome.Unknown<R>(var error) -> failures.put(target, error);
      }
    });
    return Collections.unmodifiableMap(failures);
  }

  /** These outcomes, replaced by {@code later}'s where it has some. */
  public Outcomes<T, R> followedBy(Outcomes<T, R> later) {
    var merged = new LinkedHashMap<>(byTarget);
    merged.putAll(later.byTarget);
    return new Outcomes<>(merged);
  }
}
