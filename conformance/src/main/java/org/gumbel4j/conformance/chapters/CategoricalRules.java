package org.gumbel4j.conformance.chapters;

import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.OneHotCategorical;
import org.gumbel4j.distributions.OneHotCategoricalStraightThrough;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: one of K classes, as an index and as a one-hot vector. */
abstract class CategoricalRules extends GumbelDistributionRules {
  private static final double[] MASKED = {0.3, MASK, 1.2, -0.7, 2.0, MASK};

  @Rule(value = "S11", needs = Capability.FLOAT64)
  void categoricalIsThatOfTheGoldenValues() {
    for (Golden golden : Golden.cases("categorical")) {
      Shape shape = golden.shape();
      Tensor logits = wide(golden.array("logits"), shape);
      Categorical categorical = Categorical.of(logits);
      check(() -> golden + ", P", golden.array("probs"), categorical.probs(), VALUES);
      check(() -> golden + ", H", golden.array("entropy"), categorical.entropy(), VALUES);
      Tensor weight = wide(golden.array("entropy_weight"));
      Close.check(
          () -> golden + ", ∂H",
          golden.array("entropy_grad_logits"),
          gradients(p -> Categorical.of(p.get(0)).entropy().mul(weight).sum(), logits).get(0),
          GRADIENTS);
      for (int k = 0; k < shape.dim(1); k++) {
        Tensor index = device().full(Shape.SCALAR, DType.INT64, k);
        double[] column = column(golden.array("log_prob_all"), (int) shape.dim(1), k);
        check(() -> golden + ", log P", column, categorical.logProb(index), VALUES);
      }
      Tensor picked = device().tensor(Samples.toLongs(golden.array("picked")), shape.dim(0));
      Close.check(
          () -> golden + ", ∂ log P",
          golden.array("log_prob_picked_grad_logits"),
          gradients(p -> Categorical.of(p.get(0)).logProb(picked).sum(), logits).get(0),
          GRADIENTS);
      check(
          () -> golden + ", one-hot log P",
          golden.array("one_hot_log_prob"),
          OneHotCategorical.of(logits).logProb(picked.oneHot(shape.dim(1), DType.FLOAT64)),
          VALUES);
    }
  }

  private static double[] column(double[] matrix, int columns, int k) {
    double[] column = new double[matrix.length / columns];
    for (int row = 0; row < column.length; row++) {
      column[row] = matrix[row * columns + k];
    }
    return column;
  }

  @Rule("S12")
  void maskedClassesHaveNoProbabilityNoEntropyAndNoGradient() {
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(MASKED, dtype, 1, 6);
      Tensor kept = tensor(new double[] {0.3, 1.2, -0.7, 2.0}, dtype, 1, 4);
      Tolerance tolerance = Tolerance.ulps(32, dtype);
      check(
          () -> "entropy without the masked classes",
          read(Categorical.of(kept).entropy()),
          Categorical.of(logits).entropy(),
          tolerance);
      double[] p = read(Categorical.of(logits).probs());
      Close.checkTrue(() -> "masked probabilities are 0", p[1] == 0 && p[5] == 0);
      double[] gradient = gradients(x -> Categorical.of(x.get(0)).entropy().sum(), logits).get(0);
      checkMaskedGradient("entropy", gradient);
      Tensor value = tensor(new double[] {2}, DType.INT64, 1);
      checkMaskedGradient(
          "log P", gradients(x -> Categorical.of(x.get(0)).logProb(value).sum(), logits).get(0));
      Tensor hot = value.oneHot(6, dtype);
      checkMaskedGradient(
          "one-hot log P",
          gradients(x -> OneHotCategorical.of(x.get(0)).logProb(hot).sum(), logits).get(0));
      Tensor masked = tensor(new double[] {1}, DType.INT64, 1);
      check(
          () -> "log P of a masked class",
          new double[] {MASK},
          Categorical.of(logits).logProb(masked),
          Tolerance.EXACT);
      check(
          () -> "one-hot log P of a masked class",
          new double[] {MASK},
          OneHotCategorical.of(logits).logProb(masked.oneHot(6, dtype)),
          Tolerance.EXACT);
    }
  }

  static void checkMaskedGradient(String what, double[] gradient) {
    for (int k = 0; k < MASKED.length; k++) {
      int at = k;
      boolean masked = MASKED[k] == MASK;
      Close.checkTrue(
          () -> what + ": gradient of class " + at + " is " + gradient[at],
          masked ? gradient[at] == 0 : Double.isFinite(gradient[at]) && gradient[at] != 0);
    }
  }

  @Rule(value = "S13", falseAlarm = 2e-4)
  void classesAreDrawnAsOftenAsTheyAreProbable() {
    int n = 50_000;
    Tensor logits = tensor(MASKED, DType.FLOAT32, 6);
    double[] p = softmax(MASKED);
    double[] counts = new double[6];
    Tensor indices = Categorical.of(logits).sample(Key.of(4201), Shape.of(n));
    for (long k : indices.toLongs()) {
      counts[(int) k]++;
    }
    checkBelow("χ² of indices, 3 degrees", 21.108, chiSquare(counts, p, n));
    Tensor hot = OneHotCategorical.of(logits).sample(Key.of(4202), Shape.of(n));
    Close.checkTrue(
        () -> "samples are exactly one-hot",
        OneHotCategorical.of(logits).support().check(hot).all());
    checkBelow("χ² of one-hot vectors, 3 degrees", 21.108, chiSquare(read(hot.sum(0)), p, n));
  }

  @Rule("S14")
  void indicesOneHotVectorsAndStraightThroughSamplesAgree() {
    Tensor logits = tensor(Samples.uniform(43, 60, -2, 2), DType.FLOAT32, 12, 5);
    Shape shape = Shape.of(7);
    Key key = Key.of(4203);
    Tensor indices = Categorical.of(logits).sample(key, shape);
    double[] expected = read(indices.oneHot(5, DType.FLOAT32));
    Tensor hot = OneHotCategorical.of(logits).sample(key, shape);
    check(() -> "one-hot vectors", expected, hot, Tolerance.EXACT);
    Tensor weight = tensor(Samples.uniform(44, 60, -1, 1), DType.FLOAT32, 12, 5);
    Tensor straight = OneHotCategoricalStraightThrough.of(logits).rsample(key, shape);
    check(() -> "straight-through samples", expected, straight, Tolerance.EXACT);
    Close.check(
        () -> "straight-through gradient",
        gradients(p -> Categorical.of(p.get(0)).probs().mul(weight).mul(7).sum(), logits).get(0),
        gradients(
                p ->
                    OneHotCategoricalStraightThrough.of(p.get(0))
                        .rsample(key, shape)
                        .mul(weight)
                        .sum(),
                logits)
            .get(0),
        new Tolerance(1e-4, 1e-5));
  }

  @Rule(value = "S15", needs = Capability.FLOAT64)
  void probabilitiesAndLogitsDescribeTheSameDistribution() {
    double[] weights = {2, 0, 5, 3};
    Categorical categorical = Categorical.ofProbs(wide(weights, Shape.of(1, 4)));
    double[] p = {0.2, 0, 0.5, 0.3};
    check(() -> "P", p, categorical.probs(), VALUES);
    check(() -> "mean", p, OneHotCategorical.ofProbs(wide(p, Shape.of(1, 4))).mean(), VALUES);
    check(() -> "mode", new double[] {2}, categorical.mode(), Tolerance.EXACT);
    check(
        () -> "variance",
        new double[] {0.16, 0, 0.25, 0.21},
        OneHotCategorical.ofProbs(wide(p, Shape.of(1, 4))).variance(),
        VALUES);
    double[] gradient =
        gradients(x -> Categorical.ofProbs(x.get(0)).entropy().sum(), wide(p, Shape.of(1, 4)))
            .get(0);
    Close.checkTrue(() -> "gradient at probability 0 is " + gradient[1], gradient[1] == 0);
    checkDifferentiable(
        "entropy of weights",
        x -> Categorical.ofProbs(x.get(0)).entropy().sum(),
        wide(2.0, 0.5, 5.0));
  }

  @Rule("S16")
  void categoricalNamesWhatIsWrong() {
    Tensor bad = tensor(new double[] {0, 1, 2, Double.NaN, 4, 5}, DType.FLOAT32, 2, 3);
    checkThrows(IllegalArgumentException.class, () -> Categorical.of(bad), "row 1", "NaN");
    Tensor blind = tensor(new double[] {0, 1, MASK, MASK}, DType.FLOAT32, 2, 2);
    checkThrows(IllegalArgumentException.class, () -> Categorical.of(blind), "row 1", "masked");
    Tensor over = tensor(new double[] {0, -MASK}, DType.FLOAT32, 1, 2);
    checkThrows(IllegalArgumentException.class, () -> Categorical.of(over), "row 0", "Infinity");
    Tensor negative = tensor(new double[] {0.5, -0.5}, DType.FLOAT32, 2);
    checkThrows(
        IllegalArgumentException.class, () -> Categorical.ofProbs(negative), "probs", "-0.5");
    Categorical good = Categorical.of(tensor(new double[] {0, 1, 2}, DType.FLOAT32, 3));
    Tensor outside = tensor(new double[] {0, 3}, DType.INT64, 2);
    checkThrows(
        IllegalArgumentException.class, () -> good.logProb(outside), "logProb", "3", "0 to 2");
    checkThrows(IllegalArgumentException.class, () -> good.logProb(bad), "INT64");
    checkThrows(UnsupportedOperationException.class, good::mean, "OneHotCategorical");
  }
}
