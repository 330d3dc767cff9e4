package org.gumbel4j.conformance.chapters;

import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/** The primitives against plain Java. */
public abstract class PrimitivesChapter extends Chapter {
  @Nested
  class Creation extends CreationRules {
    @Override
    protected Device openDevice() {
      return PrimitivesChapter.this.openDevice();
    }
  }

  @Nested
  class Elementwise extends ElementwiseRules {
    @Override
    protected Device openDevice() {
      return PrimitivesChapter.this.openDevice();
    }
  }

  @Nested
  class Comparison extends ComparisonRules {
    @Override
    protected Device openDevice() {
      return PrimitivesChapter.this.openDevice();
    }
  }

  @Nested
  class Reduction extends ReductionRules {
    @Override
    protected Device openDevice() {
      return PrimitivesChapter.this.openDevice();
    }
  }

  @Nested
  class Shape extends ShapeRules {
    @Override
    protected Device openDevice() {
      return PrimitivesChapter.this.openDevice();
    }
  }

  @Nested
  class Indexing extends IndexingRules {
    @Override
    protected Device openDevice() {
      return PrimitivesChapter.this.openDevice();
    }
  }

  @Nested
  class Product extends ProductRules {
    @Override
    protected Device openDevice() {
      return PrimitivesChapter.this.openDevice();
    }
  }

  @Nested
  class Immutability extends ImmutabilityRules {
    @Override
    protected Device openDevice() {
      return PrimitivesChapter.this.openDevice();
    }
  }
}
