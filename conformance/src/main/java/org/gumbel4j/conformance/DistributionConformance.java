package org.gumbel4j.conformance;

import org.gumbel4j.conformance.chapters.DistributionLaws;
import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.Nested;

/**
 * What Gumbel4J asks of a distribution, as a class of tests. Extend it, override two methods, run
 * it with JUnit:
 *
 * <pre>{@code
 * class TriangularConformanceTest extends DistributionConformance {
 *   @Override
 *   protected Device openDevice() {
 *     return Backends.best();
 *   }
 *
 *   @Override
 *   protected Distribution distribution(Device device, DType dtype) {
 *     return Triangular.of(device.tensor(new double[] {1, 2, 5}, dtype, 3));
 *   }
 * }
 * }</pre>
 *
 * <p>Shapes, supports, keys, expansion and errors are tested; moments, entropy and density against
 * samples. What the distribution has no closed form of, and says so by an {@link
 * UnsupportedOperationException}, is left out.
 *
 * @since 0.1
 */
public abstract class DistributionConformance {
  /** Opens the device that the distribution is tested on; called once, and closed by the kit. */
  protected abstract Device openDevice();

  /**
   * The distribution under test: a batch of several members that differ.
   *
   * @param device what {@link #openDevice} opened
   * @param dtype of its parameters
   */
  protected abstract Distribution distribution(Device device, DType dtype);

  /** See {@link DistributionLaws}. */
  @Nested
  class Laws extends DistributionLaws {
    @Override
    protected Device openDevice() {
      return DistributionConformance.this.openDevice();
    }

    @Override
    protected Distribution distribution(DType dtype) {
      return DistributionConformance.this.distribution(device(), dtype);
    }
  }
}
