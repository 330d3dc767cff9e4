package org.gumbel4j.conformance.chapters;

import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/** Scopes, and what outlives them. */
public abstract class LifetimesChapter extends Chapter {
  @Nested
  class Scopes extends ScopeRules {
    @Override
    protected Device openDevice() {
      return LifetimesChapter.this.openDevice();
    }
  }

  @Nested
  class Memory extends MemoryRules {
    @Override
    protected Device openDevice() {
      return LifetimesChapter.this.openDevice();
    }
  }
}
