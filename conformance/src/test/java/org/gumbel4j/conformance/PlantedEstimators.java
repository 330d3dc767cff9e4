package org.gumbel4j.conformance;

import java.util.Set;
import java.util.function.Consumer;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.spi.EstimatorProvider;
import org.jspecify.annotations.Nullable;

/** A provider of the estimator {@code planted}, while a test says what it is. */
public final class PlantedEstimators implements EstimatorProvider {
  static final String NAME = "planted";

  private static volatile @Nullable Consumer<EstimatorOptions> checks;
  private static volatile @Nullable GradientEstimator planted;

  /** Plants one; {@code options} are checked by the given function. */
  static void plant(GradientEstimator estimator, Consumer<EstimatorOptions> options) {
    checks = options;
    planted = estimator;
  }

  static void remove() {
    planted = null;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Set<String> names() {
    return planted == null ? Set.of() : Set.of(NAME);
  }

  @Override
  public GradientEstimator create(String name, EstimatorOptions options) {
    Consumer<EstimatorOptions> check = checks;
    GradientEstimator estimator = planted;
    if (check == null || estimator == null) {
      throw new IllegalArgumentException("nothing is planted");
    }
    check.accept(options);
    return estimator;
  }
}
