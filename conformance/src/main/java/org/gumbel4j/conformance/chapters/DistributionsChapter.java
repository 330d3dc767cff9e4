package org.gumbel4j.conformance.chapters;

import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/**
 * Densities, entropies, divergences and samples: against golden values in double, against
 * enumeration, quadrature and finite differences, and by frequencies from fixed keys.
 */
public abstract class DistributionsChapter extends DistributionShapeRules {
  @Nested
  class SubsetsAndOrders extends OrderingRules {
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

  @Nested
  class Logistics extends LogisticRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }

  @Nested
  class RelaxedOrders extends RelaxedSortRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }

  @Nested
  class Matchings extends MatchingRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }

  @Nested
  class Gates extends GateRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }

  @Nested
  class Counts extends CountRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }

  @Nested
  class Agents extends AgentRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }

  @Nested
  class ByName extends NamedRules {
    @Override
    protected Device openDevice() {
      return DistributionsChapter.this.openDevice();
    }
  }
}
