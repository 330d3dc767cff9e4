package org.gumbel4j.internal.catalogue;

import java.util.Map;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.ExactSubset;

/** Enumeration of all states. */
public final class Enumeration extends EstimatorFamily {
  /** For the service loader. */
  public Enumeration() {
    super(
        Map.of(
            "exact",
            Entry.of(o -> new Exact(o.count("budget", 1 << 20)), "budget"),
            "exact-subset",
            Entry.of(
                o -> new ExactSubset(o.count("k", 1), o.count("budget", 1 << 20)), "k", "budget")));
  }
}
