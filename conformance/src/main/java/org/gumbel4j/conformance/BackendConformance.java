package org.gumbel4j.conformance;

import org.gumbel4j.conformance.chapters.AutodiffChapter;
import org.gumbel4j.conformance.chapters.BroadcastingChapter;
import org.gumbel4j.conformance.chapters.ConcurrencyChapter;
import org.gumbel4j.conformance.chapters.DeclarationsChapter;
import org.gumbel4j.conformance.chapters.DistributionsChapter;
import org.gumbel4j.conformance.chapters.ErrorsChapter;
import org.gumbel4j.conformance.chapters.EstimatorsChapter;
import org.gumbel4j.conformance.chapters.FusedOpsChapter;
import org.gumbel4j.conformance.chapters.GumbelSoftmaxChapter;
import org.gumbel4j.conformance.chapters.LifetimesChapter;
import org.gumbel4j.conformance.chapters.PrimitivesChapter;
import org.gumbel4j.conformance.chapters.RandomnessChapter;
import org.gumbel4j.conformance.chapters.TrajectoryChapter;
import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/**
 * Everything that Gumbel4J asks of a backend, as one class of tests. Extend it, override one
 * method, run it with JUnit:
 *
 * <pre>{@code
 * class MyBackendConformanceTest extends BackendConformance {
 *   @Override
 *   protected Device openDevice() {
 *     return Device.of(new MyBackend());
 *   }
 * }
 * }</pre>
 *
 * <p>Each rule has a stable identifier and a name that says what is claimed. A rule marked required
 * holds for every backend; one marked optional is left out when the backend declares the capability
 * absent, and then its twin sees to it that the user is told so. Statistical rules use fixed keys:
 * a backend either passes always or never; the rule states how often a correct backend would fail
 * had the key been drawn at random.
 *
 * <p>{@link ConformanceRunner} runs the same rules outside a build.
 *
 * @since 0.1
 */
public abstract class BackendConformance {
  /**
   * Opens the device under test. Called once for each section of a chapter, which closes it at its
   * end, some fifty times in all, and more than one may be open at a time.
   */
  protected abstract Device openDevice();

  /** See {@link DeclarationsChapter}. */
  @Nested
  class Declarations extends DeclarationsChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link PrimitivesChapter}. */
  @Nested
  class Primitives extends PrimitivesChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link BroadcastingChapter}. */
  @Nested
  class Broadcasting extends BroadcastingChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link FusedOpsChapter}. */
  @Nested
  class FusedOps extends FusedOpsChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link AutodiffChapter}. */
  @Nested
  class Autodiff extends AutodiffChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link RandomnessChapter}. */
  @Nested
  class Randomness extends RandomnessChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link GumbelSoftmaxChapter}. */
  @Nested
  class GumbelSoftmax extends GumbelSoftmaxChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link DistributionsChapter}. */
  @Nested
  class Distributions extends DistributionsChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link EstimatorsChapter}. */
  @Nested
  class Estimators extends EstimatorsChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link TrajectoryChapter}. */
  @Nested
  class Trajectory extends TrajectoryChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link LifetimesChapter}. */
  @Nested
  class Lifetimes extends LifetimesChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link ErrorsChapter}. */
  @Nested
  class Errors extends ErrorsChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }

  /** See {@link ConcurrencyChapter}. */
  @Nested
  class Concurrency extends ConcurrencyChapter {
    @Override
    protected Device openDevice() {
      return BackendConformance.this.openDevice();
    }
  }
}
