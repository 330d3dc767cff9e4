package org.gumbel4j.conformance.chapters;

import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/**
 * Every estimator of gradients that is found by name, those of strangers included: what it
 * promises, on the backend under test. {@code -Dgumbel4j.conformance.estimators=a,b} looks at some
 * alone.
 */
public abstract class EstimatorsChapter extends Chapter {
  @Nested
  class Surrogates extends EstimatorRules {
    @Override
    protected Device openDevice() {
      return EstimatorsChapter.this.openDevice();
    }
  }

  @Nested
  class Samples extends EstimatorSampleRules {
    @Override
    protected Device openDevice() {
      return EstimatorsChapter.this.openDevice();
    }
  }

  @Nested
  class Expectations extends EstimatorBiasRules {
    @Override
    protected Device openDevice() {
      return EstimatorsChapter.this.openDevice();
    }
  }
}
