package org.gumbel4j.conformance.localexpectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.ConformanceMatrix;
import org.gumbel4j.conformance.ConformanceReport;
import org.gumbel4j.conformance.ConformanceRunner;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LocalExpectationTest {
  @Test
  void passesTheKit() {
    System.setProperty("gumbel4j.conformance.estimators", "local-expectation");
    try {
      ConformanceReport report =
          ConformanceRunner.run(
              "tiny", () -> Backends.named("tiny"), List.of("Estimators"), chapter -> {});
      assertThat(report.failed()).as(ConformanceMatrix.text(List.of(report))).isZero();
    } finally {
      System.clearProperty("gumbel4j.conformance.estimators");
    }
  }

  /** Without interaction every sample gives the gradient itself. */
  @Test
  void hasNoVarianceWhereVariablesDoNotInteract() {
    try (Device device = Backends.named("tiny")) {
      Tensor logits = device.tensor(new double[] {0.3, -1, 2, 0.1, 0, 1}, 2, 3);
      Tensor weight = device.tensor(new double[] {1, -2, 3, 5, 0.5, 4}, 2, 3);
      ObjectiveFunction f = z -> z.mul(weight).sum(-1).exp().sum(-1);
      GradientEstimator estimator =
          Estimators.named("local-expectation", EstimatorOptions.DEFAULT.with("samples", 2L));
      double[] exact = Autodiff.gradient(x -> Exact.of().expectation(x, f), logits).toDoubles();
      double[] estimate =
          Autodiff.gradient(x -> estimator.surrogate(x, f, Key.of(1)), logits).toDoubles();
      assertThat(estimate).containsExactly(exact, within(1e-12));
    }
  }
}
