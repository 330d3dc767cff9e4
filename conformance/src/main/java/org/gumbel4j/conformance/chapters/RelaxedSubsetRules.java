package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.FiniteDifferences;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.GumbelTopK;
import org.gumbel4j.distributions.MonteCarlo;
import org.gumbel4j.distributions.RelaxedSample;
import org.gumbel4j.distributions.RelaxedSubset;
import org.gumbel4j.distributions.RelaxedTopK;
import org.gumbel4j.distributions.RelaxedTopKStraightThrough;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.SoftTopK;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: subsets relaxed to entries in [0, 1] that sum to k. */
abstract class RelaxedSubsetRules extends DistributionSection {
  @Rule(
      value = "S81",
      needs = {Capability.SORTING, Capability.GATHERING})
  void entriesOfRelaxedSubsetsLieInTheUnitIntervalAndSumToK() {
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(Samples.uniform(91, 60, -3, 3), dtype, 5, 12);
      for (double temperature : new double[] {1e-3, 0.1, 1, 10, 1e4}) {
        for (int k : new int[] {1, 3, 11, 12}) {
          Tensor x = RelaxedTopK.of(temperature, logits, k).sample(Key.of(5201), Shape.of(20));
          String what = "k = " + k + ", λ = " + temperature + " in " + dtype;
          Close.checkTrue(() -> "[0, 1], " + what, x.ge(0).and(x.le(1)).all());
          double[] sums = new double[100];
          Arrays.fill(sums, k);
          check(() -> "Σ x, " + what, sums, x.sum(-1), Tolerance.ulps(40, dtype));
        }
      }
    }
  }

  @Rule(
      value = "S82",
      needs = {Capability.SORTING, Capability.GATHERING})
  void relaxedSubsetsAreThoseOfGumbelTopK() {
    Tensor logits = tensor(Samples.uniform(92, 60, -2, 2), DType.FLOAT32, 5, 12);
    Tensor weight = tensor(Samples.uniform(93, 60, -1, 1), DType.FLOAT32, 5, 12);
    Key key = Key.of(5202);
    GumbelTopK subsets = GumbelTopK.of(logits, 4);
    double[] expected = read(subsets.kHot(subsets.sample(key)));
    for (double temperature : new double[] {1e-3, 1, 1e4}) {
      Tensor hard = RelaxedTopKStraightThrough.of(temperature, logits, 4).rsample(key);
      check(() -> "k-hot at " + temperature, expected, hard, Tolerance.EXACT);
      Tensor sampled = SoftTopK.of(4, temperature).hard().sample(logits, key);
      check(() -> "SoftTopK at " + temperature, expected, sampled, Tolerance.EXACT);
    }
    Scalar soft = p -> RelaxedTopK.of(0.5, p.get(0), 4).rsample(key);
    check(
        () -> "SoftTopK and RelaxedTopK",
        read(soft.apply(List.of(logits))),
        SoftTopK.of(4, 0.5).sample(logits, key),
        new Tolerance(1e-5, 1e-6));
    Close.check(
        () -> "straight-through gradient",
        gradients(p -> soft.apply(p).mul(weight).sum(), logits).get(0),
        gradients(
                p -> RelaxedTopKStraightThrough.of(0.5, p.get(0), 4).rsample(key).mul(weight).sum(),
                logits)
            .get(0),
        Tolerance.ulps(4, DType.FLOAT32));
  }

  @Rule(
      value = "S83",
      needs = {Capability.FLOAT64, Capability.SORTING, Capability.GATHERING})
  void relaxedSubsetsHaveTheGradientsOfFiniteDifferences() {
    Tensor logits = wide(Samples.uniform(94, 10, -1, 1), Shape.of(2, 5));
    Tensor tau = wide(0.5, 1.7);
    Tensor weight = wide(Samples.uniform(95, 10, -1, 1), Shape.of(2, 5));
    checkDifferentiable(
        "samples",
        p -> RelaxedTopK.of(p.get(1), p.get(0), 2).rsample(Key.of(5203)).mul(weight).sum(),
        logits,
        tau);
    checkDifferentiable(
        "gradient of soft top-k",
        p ->
            Autodiff.gradient(z -> SoftTopK.of(2, tau).apply(z).mul(weight).sum(), p.get(0))
                .square()
                .sum(),
        logits);
    checkDifferentiable(
        "log p of samples",
        p -> {
          RelaxedTopK relaxed = RelaxedTopK.of(p.get(1), p.get(0), 2);
          return relaxed.logProb(relaxed.relaxedSample(Key.of(5204))).sum();
        },
        logits,
        tau);
    Tensor value = RelaxedTopK.of(tau, logits, 2).sample(Key.of(5205));
    checkDifferentiable(
        "log p of points",
        p -> RelaxedTopK.of(p.get(1), p.get(0), 2).logProb(value).sum(),
        logits,
        tau);
  }

  /**
   * By change of variables, with a Jacobian from finite differences and a projection of our own.
   */
  @Rule(
      value = "S84",
      needs = {Capability.FLOAT64, Capability.SORTING, Capability.GATHERING})
  void densityOfRelaxedSubsetsIsThatOfTheirPreimagesOverTheJacobian() {
    int classes = 4;
    double[] theta = {0.3, -0.8, 1.1, 0.2};
    for (int k = 1; k < classes; k++) {
      RelaxedTopK relaxed = RelaxedTopK.of(0.7, wide(theta), k);
      RelaxedSample sample = relaxed.relaxedSample(Key.of(5206), Shape.of(8));
      double[] preimage = read(sample.preimage());
      double[] base = read(relaxed.base().logProb(sample.preimage()));
      double[] expected = new double[base.length];
      for (int i = 0; i < base.length; i++) {
        double last = preimage[classes * i + classes - 1];
        double[] ratios = new double[classes - 1];
        for (int j = 0; j < ratios.length; j++) {
          ratios[j] = preimage[classes * i + j] - last;
        }
        expected[i] = base[i] - Math.log(Math.abs(determinant(jacobian(ratios, k))));
      }
      Tolerance tolerance = new Tolerance(1e-7, 1e-7);
      check(() -> "log p of samples", expected, relaxed.logProb(sample), tolerance);
      check(() -> "log p of points", expected, relaxed.logProb(sample.value()), tolerance);
    }
  }

  private static double[][] jacobian(double[] ratios, int k) {
    double[][] jacobian = new double[ratios.length][];
    for (int i = 0; i < ratios.length; i++) {
      int entry = i;
      jacobian[i] = FiniteDifferences.gradient(u -> projected(u, k)[entry], ratios, 1e-3);
    }
    return jacobian;
  }

  /** σ(y − ν) with Σ = k by bisection, y being the ratios and a 0. */
  private static double[] projected(double[] ratios, int k) {
    double[] y = Arrays.copyOf(ratios, ratios.length + 1);
    double low = -100;
    double high = 100;
    double[] x = new double[y.length];
    for (int step = 0; step < 200; step++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        x[i] = 1 / (1 + Math.exp(middle - y[i]));
        sum += x[i];
      }
      if (sum > k) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return x;
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  @Rule(
      value = "S85",
      needs = {Capability.SORTING, Capability.GATHERING})
  void densityOfRelaxedSubsetsIsFiniteAtTheLowestTemperature() {
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(Samples.uniform(96, 200, -3, 3), dtype, 20, 10);
      Tensor tau = tensor(new double[] {0.01}, dtype, 1);
      RelaxedTopK relaxed = RelaxedTopK.of(tau, logits, 3);
      RelaxedSample sample = relaxed.relaxedSample(Key.of(5207), Shape.of(5));
      Close.checkTrue(() -> "log p of samples", relaxed.logProb(sample).isFinite().all());
      Close.checkTrue(() -> "log p of points", relaxed.logProb(sample.value()).isFinite().all());
      for (double[] gradient :
          gradients(
              p -> {
                RelaxedTopK q = RelaxedTopK.of(p.get(1), p.get(0), 3);
                RelaxedSample z = q.relaxedSample(Key.of(5207));
                return q.logProb(z).sum().add(z.value().square().sum());
              },
              logits,
              tau)) {
        Close.checkTrue(
            () -> "gradients in " + dtype, Arrays.stream(gradient).allMatch(Double::isFinite));
      }
    }
  }

  @Rule(
      value = "S86",
      needs = {Capability.SORTING, Capability.GATHERING})
  void masksLeaveTheSubsetsOfTheOthers() {
    double[] theta = {0.3, MASK, 1.2, -0.7, 0.5, 0.3, MASK, 1.2, MASK, MASK};
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(theta, dtype, 2, 5);
      RelaxedTopK relaxed = RelaxedTopK.of(0.6, logits, 2);
      RelaxedSample sample = relaxed.relaxedSample(Key.of(5208));
      double[] x = read(sample.value());
      Close.checkTrue(() -> "a mask is 0", x[1] == 0 && x[6] == 0 && x[8] == 0 && x[9] == 0);
      Close.checkTrue(() -> "all that are left are 1", x[5] == 1 && x[7] == 1);
      double[] logProb = read(relaxed.logProb(sample));
      Close.checkTrue(() -> "one point has all mass", logProb[1] == Double.POSITIVE_INFINITY);
      int[] kept = {0, 2, 3, 4};
      double[] free = new double[4];
      double[] point = new double[4];
      for (int i = 0; i < 4; i++) {
        free[i] = theta[kept[i]];
        point[i] = x[kept[i]];
      }
      RelaxedTopK without = RelaxedTopK.of(0.6, tensor(free, dtype, 4), 2);
      double expected = without.logProb(tensor(point, dtype, 4)).item();
      Tolerance tolerance =
          dtype == DType.FLOAT64 ? new Tolerance(1e-10, 1e-10) : new Tolerance(1e-4, 1e-4);
      double[] first = {logProb[0]};
      Close.check(() -> "log p beside a mask", new double[] {expected}, first, tolerance);
      double[] gradient =
          gradients(
                  p -> {
                    RelaxedTopK q = RelaxedTopK.of(0.6, p.get(0), 2);
                    RelaxedSample z = q.relaxedSample(Key.of(5208));
                    return q.logProb(z).select(0, 0).add(z.value().square().sum());
                  },
                  logits)
              .get(0);
      for (int i = 0; i < theta.length; i++) {
        int at = i;
        Close.checkTrue(
            () -> "gradient " + at + " is " + gradient[at],
            theta[at] == MASK ? gradient[at] == 0 : Double.isFinite(gradient[at]));
      }
    }
  }

  @Rule(
      value = "S87",
      needs = {Capability.SORTING, Capability.GATHERING})
  void relaxedSubsetsNameWhatIsWrongAndWhatToUseInstead() {
    Tensor logits = tensor(new double[] {0, 1, 2, MASK, MASK, 3}, DType.FLOAT32, 2, 3);
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(wrong, () -> RelaxedTopK.of(0.5, logits, 4), "RelaxedTopK", "k = 4");
    checkThrows(wrong, () -> RelaxedTopK.of(0.5, logits, 2), "[1]", "at least 2");
    checkThrows(wrong, () -> RelaxedTopK.of(0, logits, 1), "temperature");
    checkThrows(wrong, () -> SoftTopK.of(0, 1), "k = 0");
    checkThrows(wrong, () -> SoftTopK.of(1, -1), "temperature");
    checkThrows(wrong, () -> SoftTopK.of(4, 1).apply(logits), "k = 4", "[2, 3]");
    RelaxedTopK relaxed = RelaxedTopK.of(0.5, logits, 1);
    Tensor twice = tensor(new double[] {1, 1, 0}, DType.FLOAT32, 3);
    checkThrows(wrong, () -> relaxed.logProb(twice), "RelaxedTopK.logProb", "sum 1");
    Class<UnsupportedOperationException> none = UnsupportedOperationException.class;
    checkThrows(none, relaxed::mean, "MonteCarlo.mean");
    checkThrows(none, relaxed::entropy, "MonteCarlo.entropy");
    Tensor free = logits.slice(0, 0, 1);
    RelaxedTopK p = RelaxedTopK.of(0.01, free, 2);
    RelaxedTopK q = RelaxedTopK.of(0.02, free.neg(), 2);
    Close.checkTrue(
        () -> "KL in log space", MonteCarlo.kl(p, q, Key.of(5209), 50).value().isFinite().all());
  }

  @Rule(value = "S88", needs = Capability.FLOAT64)
  void successiveSoftmaxesAreThoseOfTheGoldenValues() {
    for (Golden golden : Golden.cases("relaxed_subset")) {
      int k = (int) golden.number("k");
      Tensor logits = wide(golden.array("logits"), golden.shape());
      Tensor noise = wide(golden.array("noise"), golden.shape());
      Tensor weight = wide(golden.array("weight"), golden.shape());
      Tensor tau = wide(golden.number("tau")).squeeze(0);
      check(
          () -> golden + ", x",
          golden.array("sample"),
          RelaxedSubset.of(tau, logits, k).fromNoise(noise),
          new Tolerance(1e-10, 1e-13));
      List<double[]> gradients =
          gradients(
              p -> RelaxedSubset.of(p.get(1), p.get(0), k).fromNoise(noise).mul(weight).sum(),
              logits,
              tau);
      Tolerance tolerance = new Tolerance(1e-8, 1e-9);
      Close.check(() -> golden + ", ∂θ", golden.array("grad_logits"), gradients.get(0), tolerance);
      Close.check(() -> golden + ", ∂λ", golden.array("grad_tau"), gradients.get(1), tolerance);
    }
  }

  @Rule("S89")
  void successiveSoftmaxesSumToKAndStayFinite() {
    double[] theta = Samples.uniform(98, 40, -3, 3);
    theta[3] = MASK;
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(theta, dtype, 4, 10);
      for (double temperature : new double[] {0.01, 1, 100}) {
        RelaxedSubset relaxed = RelaxedSubset.of(temperature, logits, 3);
        Tensor x = relaxed.sample(Key.of(5210), Shape.of(20));
        Close.checkTrue(() -> "support", relaxed.support().check(x).all());
        Close.checkTrue(() -> "a mask is 0", x.slice(1, 0, 1).slice(2, 3, 4).eq(0).all());
        for (double g :
            gradients(
                    p ->
                        RelaxedSubset.of(temperature, p.get(0), 3)
                            .rsample(Key.of(5211))
                            .square()
                            .sum(),
                    logits)
                .get(0)) {
          Close.checkTrue(() -> "gradient " + g, Double.isFinite(g));
        }
      }
      if (device().can(Capability.SORTING) && device().can(Capability.GATHERING)) {
        GumbelTopK subsets = GumbelTopK.of(logits, 3);
        check(
            () -> "cold samples are subsets",
            read(subsets.kHot(subsets.sample(Key.of(5210), Shape.of(20)))),
            RelaxedSubset.of(1e-4, logits, 3).sample(Key.of(5210), Shape.of(20)),
            new Tolerance(0, 1e-3));
      }
    }
    Tensor logits = tensor(new double[] {2, 0}, DType.FLOAT32, 2);
    RelaxedSubset relaxed = RelaxedSubset.of(1, logits, 2);
    Class<UnsupportedOperationException> none = UnsupportedOperationException.class;
    checkThrows(none, () -> relaxed.logProb(logits), "RelaxedTopK");
    checkThrows(none, relaxed::mode, "RelaxedSubset.mode");
    double largest = relaxed.fromNoise(logits.zerosLike()).max().item();
    Close.checkTrue(() -> "an entry above 1, as the documentation warns", largest > 1.3);
  }
}
