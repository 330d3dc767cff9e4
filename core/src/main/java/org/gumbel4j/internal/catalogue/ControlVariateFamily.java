package org.gumbel4j.internal.catalogue;

import java.util.Map;

/**
 * Score functions with control variates made of the objective itself, and those by coupled pairs.
 */
public final class ControlVariateFamily extends EstimatorFamily {
  /** For the service loader. */
  public ControlVariateFamily() {
    super(Map.of());
  }
}
