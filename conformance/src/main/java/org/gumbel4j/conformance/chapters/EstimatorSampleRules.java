package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.estimators.DiscretePathEstimator;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.PathwiseEstimator;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Estimators as layers: samples that gradients flow through. */
abstract class EstimatorSampleRules extends EstimatorSection {
  @Rule("M20")
  void samplesHaveTheirAxesBeforeTheLogits() {
    for (DType dtype : floatingTypes()) {
      each(
          dtype,
          Shape.of(3),
          e -> e instanceof PathwiseEstimator,
          c -> {
            PathwiseEstimator e = (PathwiseEstimator) c.estimator();
            Tensor one = e.sample(c.logits(), Key.of(6101), Shape.SCALAR);
            Close.checkEqual(() -> c + ", one sample", c.logits().shape(), one.shape());
            Shape many = Shape.of(2, 5);
            Tensor samples = e.sample(c.logits(), Key.of(6102), many);
            Close.checkEqual(
                () -> c + ", samples", many.concat(c.logits().shape()), samples.shape());
            Close.checkEqual(() -> c + ", type", dtype, samples.dtype());
            Close.checkTrue(
                () -> c + ", entries are 0 to 1", samples.ge(0).and(samples.le(1)).all());
            Tensor gradient =
                Autodiff.gradient(
                    x -> objective(x).at(e.sample(x, Key.of(6102), many)).sum(), c.logits());
            Close.checkTrue(
                () -> c + ", the gradient is finite and not all 0",
                gradient.isFinite().all() && gradient.ne(0).any());
          });
    }
  }

  @Rule("M21")
  void discreteSamplesAreOneHotExactly() {
    for (DType dtype : floatingTypes()) {
      each(
          dtype,
          Shape.of(5),
          e -> e instanceof DiscretePathEstimator,
          c -> {
            DiscretePathEstimator e = (DiscretePathEstimator) c.estimator();
            Tensor z = e.sample(c.logits(), Key.of(6103), Shape.of(20));
            Close.checkTrue(() -> c + ", entries are 0 or 1", z.eq(0).or(z.eq(1)).all());
            if (c.logits().shape().dim(-1) > 1) {
              Close.checkTrue(() -> c + ", rows sum to 1", z.sum(-1).eq(1).all());
            }
          });
    }
  }

  /** The expectation over z, of estimators whose rule has no noise of its own. */
  @Rule(value = "M22", needs = Capability.FLOAT64)
  void oneLogitIsTwoLogits() {
    each(
        DType.FLOAT64,
        Shape.SCALAR,
        e -> e instanceof DiscretePathEstimator d && e.traits().cost().noises() == d.samples(),
        c -> {
          DiscretePathEstimator e = (DiscretePathEstimator) c.estimator();
          if (c.logits().shape().dim(-1) == 1) {
            Tensor one = c.logits();
            Tensor zero = one.zerosLike();
            double[] single = read(Autodiff.gradient(x -> expectation(e, x, one, false), one));
            double[] pair =
                read(
                    Autodiff.gradient(
                        x -> expectation(e, Tensor.concat(List.of(zero, x), -1), one, true), one));
            Close.check(() -> c + ", K = 2", single, pair, new Tolerance(1e-10, 1e-12));
          }
        });
  }

  private Tensor expectation(DiscretePathEstimator e, Tensor logits, Tensor like, boolean second) {
    FactorisedLatents latents = FactorisedLatents.of("M22", logits);
    Tensor z = latents.states(0, (long) latents.stateCount());
    Tensor weight = latents.logProb(z).exp().stopGradient();
    Tensor y = e.through(latents, z, Key.of(6104));
    return objective(like).at(second ? y.slice(-1, 1, 2) : y).mul(weight).sum();
  }
}
