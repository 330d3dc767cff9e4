package org.gumbel4j.conformance.chapters;

import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/** Overrides of fused operations against their defaults, and both against double arithmetic. */
public abstract class FusedOpsChapter extends Chapter {
  @Nested
  class Activations extends ActivationRules {
    @Override
    protected Device openDevice() {
      return FusedOpsChapter.this.openDevice();
    }
  }

  @Nested
  class SoftmaxFamily extends SoftmaxRules {
    @Override
    protected Device openDevice() {
      return FusedOpsChapter.this.openDevice();
    }
  }

  @Nested
  class Discrete extends DiscreteRules {
    @Override
    protected Device openDevice() {
      return FusedOpsChapter.this.openDevice();
    }
  }

  @Nested
  class Networks extends NetworkRules {
    @Override
    protected Device openDevice() {
      return FusedOpsChapter.this.openDevice();
    }
  }

  @Nested
  class Densities extends DensityRules {
    @Override
    protected Device openDevice() {
      return FusedOpsChapter.this.openDevice();
    }
  }
}
