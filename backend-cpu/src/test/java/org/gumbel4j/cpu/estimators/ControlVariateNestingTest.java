package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A net of two stochastic layers, the objective of the first being the surrogate of the second:
 * gradients by the logits of the first, the weights between, and those of the loss, against
 * enumeration of both layers.
 *
 * <p>50,000 copies of the net are a batch, each with parameters of its own, so that each gives an
 * estimate. Of 9 entries a case none may be more than 5.5 standard errors off: a false alarm in
 * 3.4e-7 a case, 4e-6 in all; keys are fixed.
 */
class ControlVariateNestingTest {
  private static final int COPIES = 50_000;
  private static final double STANDARD_ERRORS = 5.5;

  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @ParameterizedTest
  @CsvSource({
    "muprop,muprop",
    "rebar,rebar",
    "relax,relax",
    "lax,lax",
    "arm,arm",
    "disarm,disarm",
    "rebar,disarm",
    "relax,muprop",
    "muprop,rebar",
    "exact,rebar",
    "rebar,exact"
  })
  void twoLayersHaveTheGradientOfTheWhole(String first, String second) {
    List<Tensor> parameters =
        List.of(
            copies(new double[] {0.4, -0.3}, 2, 1),
            copies(new double[] {1, -0.8, 0.6, 0.9}, 2, 2),
            copies(new double[] {1.2, -0.7, 0.5}, 3));
    ValueAndGradient exact = gradient("exact", "exact", parameters);
    ValueAndGradient estimates = gradient(first, second, parameters);
    for (int i = 0; i < parameters.size(); i++) {
      Tensor truth = exact.gradients().get(i).select(0, 0);
      Tensor g = estimates.gradients().get(i);
      Tensor mean = g.mean(0);
      Tensor variance = g.sub(mean.expandDims(0)).square().mean(0);
      double[] errors = mean.sub(truth).toDoubles();
      double[] squares = variance.toDoubles();
      for (int j = 0; j < errors.length; j++) {
        double standard = Math.sqrt(squares[j] / COPIES);
        assertThat(Math.abs(errors[j]))
            .as("parameter %d, entry %d: %s", i, j, standard)
            .isLessThanOrEqualTo(STANDARD_ERRORS * standard + 1e-12);
      }
    }
  }

  /** P(z₁) by logits, P(z₂ | z₁) by weights, and a loss of both with weights of its own. */
  private static ValueAndGradient gradient(String first, String second, List<Tensor> parameters) {
    AtomicLong calls = new AtomicLong();
    return Autodiff.valueAndGradient(
        p -> {
          ObjectiveFunction inner =
              z1 -> {
                Tensor logits2 = z1.mul(p.get(1)).sum(-2).sub(0.4).expandDims(-1);
                return estimator(second)
                    .surrogate(
                        logits2, z2 -> loss(z1, z2, p.get(2)), Key.of(calls.incrementAndGet()));
              };
          return estimator(first).surrogate(p.get(0), inner, Key.of(0)).sum();
        },
        parameters);
  }

  /** (w₀ Σz₁ + w₁ z₂₁ + w₂ z₂₂)² + w₀ z₂₁ z₂₂. */
  private static Tensor loss(Tensor z1, Tensor z2, Tensor w) {
    Tensor a = z2.select(-2, 0).squeeze(-1);
    Tensor b = z2.select(-2, 1).squeeze(-1);
    Tensor u =
        z1.sum(-1, -2).mul(w.select(-1, 0)).add(a.mul(w.select(-1, 1))).add(b.mul(w.select(-1, 2)));
    return u.square().add(a.mul(b).mul(w.select(-1, 0)));
  }

  private static GradientEstimator estimator(String name) {
    if (name.equals("exact")) {
      return new Exact(1L << 24);
    }
    EstimatorOptions small = EstimatorOptions.DEFAULT.with("hidden", 4);
    return Estimators.named(
        name, name.equals("relax") || name.equals("lax") ? small : EstimatorOptions.DEFAULT);
  }

  private static Tensor copies(double[] values, long... dims) {
    Tensor one = device.tensor(values, DType.FLOAT64, dims);
    return one.broadcastTo(Shape.of(COPIES).concat(one.shape()));
  }
}
