package org.gumbel4j.conformance.chapters;

import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/**
 * Densities, entropies, divergences and samples: against golden values in double, against
 * enumeration, quadrature and finite differences, and by frequencies from fixed keys.
 */
public abstract class DistributionsChapter extends DistributionShapeRules {
  @Nested
  class Subsets extends SubsetRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }

  @Nested
  class RelaxedSubsets extends RelaxedSubsetRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }

  @Nested
  class Conditionals extends ConditionalGumbelRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }
}
