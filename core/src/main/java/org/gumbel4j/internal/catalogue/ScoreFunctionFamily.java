package org.gumbel4j.internal.catalogue;

import java.util.Map;

/** Score functions and their baselines. */
public final class ScoreFunctionFamily extends EstimatorFamily {
  /** For the service loader. */
  public ScoreFunctionFamily() {
    super(Map.of());
  }
}
