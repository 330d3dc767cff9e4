package org.gumbel4j.conformance.chapters;

import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/**
 * Mistakes of users, and the sentences they are told; and tensors without entries, which are none.
 */
public abstract class ErrorsChapter extends Chapter {
  @Nested
  class Messages extends MessageRules {
    @Override
    protected Device openDevice() {
      return ErrorsChapter.this.openDevice();
    }
  }

  @Nested
  class Emptiness extends EmptinessRules {
    @Override
    protected Device openDevice() {
      return ErrorsChapter.this.openDevice();
    }
  }
}
