package org.gumbel4j.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.Requirement;
import org.gumbel4j.estimators.Target;
import org.gumbel4j.examples.model.Latents;
import org.gumbel4j.examples.model.StochasticLayer;
import org.gumbel4j.examples.model.StructuredPrediction;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Two layers, each by the estimator: the gradient of all weights must be that of the enumerated
 * expectation in the mean.
 *
 * <p>For each of at most 22 weights, the mean of 60 means of 100 estimates each lies within 6 of
 * its standard errors: with Student's t of 59 degrees of freedom a false alarm has probability
 * 1.3e-7 for a weight, and below 2e-4 for 50 estimators, were the keys not fixed.
 */
class NestedEstimatorsTest {
  private static final int GROUPS = 60;
  private static final int ESTIMATES = 100;
  private static final double FARTHEST = 6;
  private static final List<Latents> LATENTS = List.of(new Latents(2, 1), new Latents(1, 3));

  @TestFactory
  Stream<DynamicTest> unbiasedEstimatorsNestWithoutBias() {
    return Estimators.names().stream()
        .map(Estimators::named)
        .filter(e -> e.traits().bias() == Bias.UNBIASED)
        .filter(e -> e.traits().target() == Target.EXPECTATION)
        .flatMap(
            e ->
                LATENTS.stream()
                    .filter(latents -> applies(e, latents))
                    .map(
                        latents ->
                            DynamicTest.dynamicTest(
                                e.traits().name() + " of " + latents,
                                () -> assertThat(distance(e, latents)).isLessThan(FARTHEST))));
  }

  @Test
  void biasIsNoticed() {
    GradientEstimator biased = Estimators.named("st-gumbel-softmax");
    assertThat(LATENTS).allMatch(latents -> distance(biased, latents) > FARTHEST);
  }

  private static boolean applies(GradientEstimator estimator, Latents latents) {
    var asked = estimator.traits().requirements();
    return !(asked.contains(Requirement.BINARY_VARIABLES) && latents.classes() > 1)
        && !(asked.contains(Requirement.ONE_VARIABLE) && latents.variables() > 1);
  }

  /** The largest distance of a weight's mean gradient from the exact one, in standard errors. */
  private static double distance(GradientEstimator estimator, Latents latents) {
    try (Device device = Backends.named("cpu")) {
      StructuredPrediction network = StructuredPrediction.of(2, 3, latents);
      List<Tensor> parameters =
          network.initialise(device, Key.of(1)).stream()
              .map(p -> p.cast(DType.FLOAT64).mul(2))
              .toList();
      Tensor one = device.tensor(new double[] {1, 0, 1}, 1, 3);
      Tensor pictures = one.broadcastTo(Shape.of(ESTIMATES, 3));
      StochasticLayer exact = Exact.of()::surrogate;
      double[] expected = gradient(network, parameters, one, List.of(exact, exact), Key.of(0));
      List<LayerGradient.Beginning> begun =
          List.of(new LayerGradient.Beginning(estimator), new LayerGradient.Beginning(estimator));
      network.loss(parameters, pictures, List.copyOf(begun), Key.of(2));
      List<double[]> groups = new ArrayList<>();
      for (int group = 0; group < GROUPS; group++) {
        List<StochasticLayer> layers =
            begun.stream()
                .<StochasticLayer>map(layer -> new LayerGradient(estimator, layer.state()))
                .toList();
        groups.add(gradient(network, parameters, pictures, layers, Key.of(3).child(group)));
      }
      double farthest = 0;
      for (int i = 0; i < expected.length; i++) {
        int weight = i;
        double mean = groups.stream().mapToDouble(g -> g[weight]).average().orElseThrow();
        double squares =
            groups.stream().mapToDouble(g -> (g[weight] - mean) * (g[weight] - mean)).sum();
        double error = Math.sqrt(squares / (GROUPS - 1) / GROUPS);
        double away = Math.abs(mean - expected[i]);
        farthest = Math.max(farthest, away <= 1e-12 ? 0 : away / error);
      }
      return farthest;
    }
  }

  private static double[] gradient(
      StructuredPrediction network,
      List<Tensor> parameters,
      Tensor pictures,
      List<StochasticLayer> layers,
      Key key) {
    return Autodiff.valueAndGradient(p -> network.loss(p, pictures, layers, key).mean(), parameters)
        .gradients()
        .stream()
        .flatMapToDouble(g -> DoubleStream.of(g.toDoubles()))
        .toArray();
  }
}
