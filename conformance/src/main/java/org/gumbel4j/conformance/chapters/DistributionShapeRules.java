package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Bernoulli;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.distributions.ExpRelaxedOneHotCategorical;
import org.gumbel4j.distributions.Gumbel;
import org.gumbel4j.distributions.GumbelSoftmaxCategorical;
import org.gumbel4j.distributions.GumbelTopK;
import org.gumbel4j.distributions.HardConcrete;
import org.gumbel4j.distributions.Logistic;
import org.gumbel4j.distributions.LogitRelaxedBernoulli;
import org.gumbel4j.distributions.MonteCarlo;
import org.gumbel4j.distributions.Multinomial;
import org.gumbel4j.distributions.OneHotCategorical;
import org.gumbel4j.distributions.OneHotCategoricalStraightThrough;
import org.gumbel4j.distributions.PlackettLuce;
import org.gumbel4j.distributions.RelaxedBernoulli;
import org.gumbel4j.distributions.RelaxedOneHotCategorical;
import org.gumbel4j.distributions.RelaxedOneHotCategoricalStraightThrough;
import org.gumbel4j.distributions.RelaxedSample;
import org.gumbel4j.distributions.RelaxedTopK;
import org.gumbel4j.distributions.RelaxedTopKStraightThrough;
import org.gumbel4j.distributions.Reparameterized;
import org.gumbel4j.distributions.Support;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: what all of them have in common. */
abstract class DistributionShapeRules extends DivergenceRules {
  private List<Distribution> all(DType dtype) {
    Tensor rows = tensor(Samples.uniform(55, 24, -2, 2), dtype, 2, 3, 4);
    Tensor tau = tensor(new double[] {0.5, 1, 2}, dtype, 3);
    Tensor loc = rows.select(-1, 0);
    List<Distribution> all = new ArrayList<>(ofRequiredAbilities(rows, tau, loc));
    if (device().can(Capability.SORTING) && device().can(Capability.GATHERING)) {
      all.addAll(ofOrderedClasses(rows, tau));
    }
    return all;
  }

  private static List<Distribution> ofOrderedClasses(Tensor rows, Tensor tau) {
    return List.of(
        GumbelTopK.of(rows, 2),
        RelaxedTopK.of(tau, rows, 2),
        RelaxedTopKStraightThrough.of(tau, rows, 2),
        PlackettLuce.of(rows));
  }

  private static List<Distribution> ofRequiredAbilities(Tensor rows, Tensor tau, Tensor loc) {
    return List.of(
        Gumbel.of(loc, tau),
        Categorical.of(rows),
        OneHotCategorical.of(rows),
        OneHotCategoricalStraightThrough.of(rows),
        ExpRelaxedOneHotCategorical.of(tau, rows),
        RelaxedOneHotCategorical.of(tau, rows),
        RelaxedOneHotCategoricalStraightThrough.of(tau, rows),
        Bernoulli.of(loc),
        LogitRelaxedBernoulli.of(tau, loc),
        RelaxedBernoulli.of(tau, loc),
        Logistic.of(loc, tau),
        HardConcrete.of(tau, loc),
        Multinomial.of(5, rows),
        GumbelSoftmaxCategorical.of(tau, rows));
  }

  @Rule("S61")
  void samplesLieInTheSupportAndHaveAllShapesInOrder() {
    Shape batch = Shape.of(2, 3);
    for (DType dtype : floatingTypes()) {
      for (Distribution p : all(dtype)) {
        Close.checkEqual(() -> p + ", batch", batch, p.batchShape());
        Tensor samples = p.sample(Key.of(4701), Shape.of(6, 5));
        Shape expected = Shape.of(6, 5).concat(batch).concat(p.eventShape());
        Close.checkEqual(() -> p + ", samples", expected, samples.shape());
        Close.checkTrue(() -> p + ", support", p.support().check(samples).all());
        Tensor logProb = p.logProb(samples);
        Close.checkEqual(() -> p + ", log p", Shape.of(6, 5, 2, 3), logProb.shape());
        Close.checkTrue(() -> p + ", log p is finite", logProb.isFinite().all());
      }
    }
  }

  @Rule("S62")
  void theSameKeyGivesTheSameSamplesWithAndWithoutGradient() {
    for (Distribution p : all(DType.FLOAT32)) {
      if (p instanceof Reparameterized r) {
        Key key = Key.of(4702);
        check(() -> p + "", read(p.sample(key)), r.rsample(key), Tolerance.EXACT);
      }
    }
  }

  @Rule("S63")
  void expandedDistributionsAreTheSameForEveryMember() {
    Shape wide = Shape.of(4, 2, 3);
    for (Distribution p : all(DType.FLOAT32)) {
      Distribution expanded = p.expand(wide);
      Close.checkEqual(() -> p + ", class", p.getClass(), expanded.getClass());
      Close.checkEqual(() -> p + ", batch", wide, expanded.batchShape());
      Tensor value = p.sample(Key.of(4703));
      double[] expected = read(p.logProb(value).broadcastTo(wide));
      Tolerance tolerance = new Tolerance(1e-6, 1e-6);
      check(() -> p + ", log p", expected, expanded.logProb(value), tolerance);
      checkThrows(IllegalArgumentException.class, () -> p.expand(Shape.of(5, 3)));
    }
  }

  @Rule("S64")
  void valuesOfWrongTypeShapeOrPlaceAreRefused() {
    for (Distribution p : all(DType.FLOAT32)) {
      String name = p.getClass().getSimpleName() + ".logProb";
      Tensor value = p.sample(Key.of(4704));
      checkThrows(
          IllegalArgumentException.class, () -> p.logProb(value.cast(DType.BOOL)), name, "BOOL");
      Tensor tooMany = Tensor.concat(List.of(value, value), -1);
      checkThrows(IllegalArgumentException.class, () -> p.logProb(tooMany), name);
      if (value.dtype().isFloating()) {
        Tensor nan = value.add(Double.NaN);
        checkThrows(IllegalArgumentException.class, () -> p.logProb(nan), name, "NaN", "must be");
      }
    }
  }

  @Rule("S65")
  void validationCanBeLeftOut() {
    Tensor nan = tensor(new double[] {Double.NaN, 0}, DType.FLOAT32, 2);
    Close.checkEqual(
        () -> "validation", Validation.OFF, Categorical.of(nan, Validation.OFF).validation());
    Tensor half = tensor(new double[] {0.5, 0.5}, DType.FLOAT32, 2);
    Tensor zero = half.zerosLike();
    check(
        () -> "soft targets",
        new double[] {-Math.log(2), -Math.log(2)},
        Bernoulli.of(zero, Validation.OFF).logProb(half),
        new Tolerance(1e-6, 0));
    checkThrows(
        IllegalArgumentException.class, () -> Bernoulli.of(zero).logProb(half), "[0]", "0.5");
  }

  @Rule("S66")
  void supportsKnowTheirMembers() {
    double[] x = {-1, 0, 0.5, 1, 2, Double.NaN, -MASK};
    checkSupport(Support.REAL, x, 1, 1, 1, 1, 1, 0, 0);
    checkSupport(Support.POSITIVE, x, 0, 0, 1, 1, 1, 0, 0);
    checkSupport(Support.UNIT_INTERVAL, x, 0, 1, 1, 1, 0, 0, 0);
    checkSupport(Support.BOOLEAN, x, 0, 1, 0, 1, 0, 0, 0);
    double[] rows = {1, 0, 0.5, 0.5, 2, -1, 0.5, 0.4, 1, 1, Double.NaN, 1, 0, MASK, 0, 0};
    checkSupport(Support.SIMPLEX, rows, 1, 1, 0, 0, 0, 0, 0, 0);
    checkSupport(Support.ONE_HOT, rows, 1, 0, 0, 0, 0, 0, 0, 0);
    checkSupport(Support.LOG_SIMPLEX, rows, 0, 0, 0, 0, 0, 0, 1, 0);
    Tensor indices = tensor(new double[] {-1, 0, 2, 3}, DType.INT64, 4);
    check(
        () -> "integers",
        new double[] {0, 1, 1, 0},
        Support.integers(3).check(indices),
        Tolerance.EXACT);
  }

  private void checkSupport(Support support, double[] values, double... expected) {
    for (DType dtype : floatingTypes()) {
      Tensor x =
          support.eventRank() == 0
              ? tensor(values, dtype, values.length)
              : tensor(values, dtype, values.length / 2, 2);
      check(() -> support + " in " + dtype, expected, support.check(x), Tolerance.EXACT);
    }
  }

  @Rule("S67")
  void whatHasNoClosedFormSaysWhatToUseInstead() {
    Tensor logits = tensor(new double[] {0, 1}, DType.FLOAT32, 2);
    for (Distribution p :
        List.of(RelaxedOneHotCategorical.of(0.5, logits), RelaxedBernoulli.of(0.5, logits))) {
      checkThrows(UnsupportedOperationException.class, p::mean, "MonteCarlo.mean");
      checkThrows(UnsupportedOperationException.class, p::entropy, "MonteCarlo.entropy");
      checkThrows(UnsupportedOperationException.class, p::mode, p.getClass().getSimpleName());
      checkThrows(UnsupportedOperationException.class, p::stddev, "variance");
      Tensor mean = MonteCarlo.mean(p, Key.of(4705), 100).value();
      Close.checkTrue(() -> "mean of " + p, p.support().check(mean).all());
      checkThrows(
          IllegalArgumentException.class, () -> MonteCarlo.mean(p, Key.of(1), 1), "at least 2");
    }
  }

  @Rule("S68")
  void emptyBatchesAreLegal() {
    for (DType dtype : floatingTypes()) {
      Tensor none = tensor(new double[0], dtype, 0, 3);
      RelaxedOneHotCategorical relaxed = RelaxedOneHotCategorical.of(0.5, none);
      RelaxedSample sample = relaxed.relaxedSample(Key.of(4706), Shape.of(2));
      Close.checkEqual(() -> "samples", Shape.of(2, 0, 3), sample.value().shape());
      Close.checkEqual(() -> "log p", Shape.of(2, 0), relaxed.logProb(sample).shape());
      Categorical categorical = Categorical.of(none);
      Close.checkEqual(() -> "entropy", Shape.of(0), categorical.entropy().shape());
      Tensor indices = categorical.sample(Key.of(4707), Shape.of(2));
      Close.checkEqual(() -> "log P", Shape.of(2, 0), categorical.logProb(indices).shape());
      checkThrows(
          IllegalArgumentException.class,
          () -> Categorical.of(tensor(new double[0], dtype, 3, 0)),
          "at least one class");
    }
  }
}
