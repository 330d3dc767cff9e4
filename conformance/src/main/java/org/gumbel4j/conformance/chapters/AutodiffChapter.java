package org.gumbel4j.conformance.chapters;

import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/** Gradients against finite differences, and the conventions where there is no derivative. */
public abstract class AutodiffChapter extends Chapter {
  @Nested
  class Gradients extends GradientRules {
    @Override
    protected Device openDevice() {
      return AutodiffChapter.this.openDevice();
    }
  }

  @Nested
  class Conventions extends ConventionRules {
    @Override
    protected Device openDevice() {
      return AutodiffChapter.this.openDevice();
    }
  }

  @Nested
  class Tapes extends TapeRules {
    @Override
    protected Device openDevice() {
      return AutodiffChapter.this.openDevice();
    }
  }

  @Nested
  class CustomGradients extends CustomGradientRules {
    @Override
    protected Device openDevice() {
      return AutodiffChapter.this.openDevice();
    }
  }
}
