package org.gumbel4j.conformance.chapters;

import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/** Relaxed and discrete samples of a categorical distribution. */
public abstract class GumbelSoftmaxChapter extends Chapter {
  @Nested
  class Golden extends GumbelSoftmaxGoldenRules {
    @Override
    protected Device openDevice() {
      return GumbelSoftmaxChapter.this.openDevice();
    }
  }

  @Nested
  class Samples extends GumbelSoftmaxRules {
    @Override
    protected Device openDevice() {
      return GumbelSoftmaxChapter.this.openDevice();
    }
  }

  @Nested
  class Frequencies extends FrequencyRules {
    @Override
    protected Device openDevice() {
      return GumbelSoftmaxChapter.this.openDevice();
    }
  }

  @Nested
  class Extremes extends GumbelSoftmaxExtremeRules {
    @Override
    protected Device openDevice() {
      return GumbelSoftmaxChapter.this.openDevice();
    }
  }
}
