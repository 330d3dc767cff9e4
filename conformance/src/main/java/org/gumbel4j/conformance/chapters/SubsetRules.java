package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Races;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.GumbelTopK;
import org.gumbel4j.distributions.TopKSample;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: k of K classes without replacement, against enumeration. */
abstract class SubsetRules extends DistributionSection {
  private static final double[] LOGITS = {0.3, -1.2, 1.7, 0.4, -0.5, 2.2};

  /** The lists as one tensor of rows. */
  final Tensor rows(List<int[]> lists) {
    int k = lists.get(0).length;
    long[] flat = new long[lists.size() * k];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = lists.get(i / k)[i % k];
    }
    return device().tensor(flat, lists.size(), k);
  }

  @Rule(
      value = "S71",
      needs = {Capability.FLOAT64, Capability.SORTING, Capability.GATHERING})
  void probabilitiesOfSequencesAreThoseOfDrawsOneByOne() {
    double[] p = Races.probabilities(LOGITS);
    for (int k = 1; k <= 6; k++) {
      List<int[]> sequences = Races.sequences(6, k);
      Tensor logProb = GumbelTopK.of(wide(LOGITS), k).logProb(rows(sequences));
      double[] expected =
          sequences.stream().mapToDouble(s -> Math.log(Races.ordered(p, s))).toArray();
      int drawn = k;
      check(() -> "log P of " + drawn + " of 6 in order", expected, logProb, VALUES);
      check(() -> "Σ P", new double[] {1}, logProb.exp().sum(), VALUES);
    }
  }

  @Rule(
      value = "S72",
      needs = {Capability.FLOAT64, Capability.SORTING, Capability.GATHERING})
  void probabilitiesOfSetsAreSumsOverTheirOrders() {
    for (double spread : new double[] {0, 0.1, 1, 10, 40}) {
      double[] logits = Samples.uniform(81, 9, -spread, spread);
      double[] p = Races.probabilities(logits);
      for (int k = 1; k <= 9; k++) {
        List<int[]> sets = Races.subsets(9, k);
        Tensor logProb = GumbelTopK.of(wide(logits), k).unorderedLogProb(rows(sets));
        double[] expected =
            sets.stream().mapToDouble(s -> Math.log(Races.unordered(p, s))).toArray();
        String what = "log P of sets of " + k + " of 9, logits within ±" + spread;
        check(() -> what, expected, logProb, new Tolerance(1e-12, 1e-12));
        check(() -> "Σ P, " + what, new double[] {1}, logProb.exp().sum(), VALUES);
      }
    }
  }

  @Rule(
      value = "S73",
      needs = {Capability.FLOAT64, Capability.SORTING, Capability.GATHERING})
  void largeSetsOfEqualClassesAreEquallyLikely() {
    // of 5000 classes such sets are tiny, and the integrand has its peak at k + 1
    for (int classes : new int[] {60, 5000}) {
      for (int k : new int[] {10, 20, 50}) {
        Tensor logits = device().zeros(Shape.of(classes), DType.FLOAT64);
        double expected = 0;
        for (int i = 0; i < k; i++) {
          expected += Math.log((i + 1.0) / (classes - i));
        }
        GumbelTopK subsets = GumbelTopK.of(logits, k);
        check(
            () -> "−log of the binomial coefficient of " + classes + " and " + k,
            new double[] {expected},
            subsets.unorderedLogProb(subsets.mode()),
            new Tolerance(1e-12, 0));
      }
    }
  }

  @Rule(
      value = "S74",
      needs = {Capability.FLOAT64, Capability.SORTING, Capability.GATHERING})
  void logProbabilitiesAndRatiosHaveTheGradientsOfFiniteDifferences() {
    Tensor logits = wide(Samples.uniform(82, 10, -2, 2), Shape.of(2, 5));
    Tensor value = device().tensor(new long[] {3, 0, 1, 2, 4, 1}, 2, 3);
    Tensor weight = wide(Samples.uniform(83, 9, -1, 1), Shape.of(3, 3));
    checkDifferentiable(
        "ordered", p -> GumbelTopK.of(p.get(0), 3).logProb(value).square().sum(), logits);
    checkDifferentiable(
        "unordered",
        p -> GumbelTopK.of(p.get(0), 3).unorderedLogProb(value).square().sum(),
        logits);
    checkDifferentiable(
        "leave-one-out",
        p -> GumbelTopK.of(p.get(0), 3).leaveOneOutLogRatios(value).square().sum(),
        logits);
    checkDifferentiable(
        "second order",
        p -> GumbelTopK.of(p.get(0), 3).secondOrderLogRatios(value).mul(weight).sum(),
        logits);
  }

  @Rule(
      value = "S75",
      needs = {Capability.FLOAT64, Capability.SORTING, Capability.GATHERING})
  void leaveOneOutRatiosMakeUnbiasedEstimates() {
    double[] p = Races.probabilities(LOGITS);
    double[] f = Samples.uniform(84, 6, -3, 5);
    double mean = 0;
    for (int i = 0; i < 6; i++) {
      mean += p[i] * f[i];
    }
    for (int k = 1; k <= 6; k++) {
      List<int[]> sets = Races.subsets(6, k);
      GumbelTopK subsets = GumbelTopK.of(wide(LOGITS), k);
      Tensor value = rows(sets);
      double[] ratios = read(subsets.leaveOneOutLogRatios(value));
      double[] second = read(subsets.secondOrderLogRatios(value));
      double estimate = 0;
      double[] gradient = new double[6];
      for (int i = 0; i < sets.size(); i++) {
        int[] set = sets.get(i);
        double weight = Races.unordered(p, set);
        for (int s = 0; s < k; s++) {
          double share = weight * p[set[s]] * Math.exp(ratios[i * k + s]);
          estimate += share * f[set[s]];
          double baseline = 0;
          for (int r = 0; r < k; r++) {
            baseline += p[set[r]] * Math.exp(second[(i * k + s) * k + r]) * f[set[r]];
          }
          for (int j = 0; j < 6; j++) {
            gradient[j] += share * (f[set[s]] - baseline) * ((set[s] == j ? 1 : 0) - p[j]);
          }
        }
      }
      double found = estimate;
      Close.check(
          () -> "mean of f", new double[] {mean}, new double[] {found}, new Tolerance(1e-11, 0));
      double[] exact = new double[6];
      for (int j = 0; j < 6; j++) {
        exact[j] = p[j] * (f[j] - mean);
      }
      if (k > 1) { // a set of one has nobody to compare with
        Close.check(() -> "gradient of the mean", exact, gradient, new Tolerance(1e-10, 1e-11));
      }
    }
  }

  @Rule(
      value = "S76",
      needs = {Capability.SORTING, Capability.GATHERING})
  void maskedClassesAreNeverInTheSample() {
    double[] masked = {0.5, MASK, 1, MASK, -1, 0};
    double[] free = {0.5, 1, -1, 0};
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(masked, dtype, 6);
      GumbelTopK subsets = GumbelTopK.of(logits, 3);
      for (double index : read(subsets.sample(Key.of(5101), Shape.of(2000)))) {
        Close.checkTrue(() -> "drew class " + index, index != 1 && index != 3);
      }
      Tensor value = tensor(new double[] {2, 5, 4}, DType.INT64, 3);
      GumbelTopK kept = GumbelTopK.of(tensor(free, dtype, 4), 3);
      Tensor same = tensor(new double[] {1, 3, 2}, DType.INT64, 3);
      Tolerance tolerance = Tolerance.ulps(64, dtype);
      check(() -> "log P", read(kept.logProb(same)), subsets.logProb(value), tolerance);
      check(
          () -> "log P of the set",
          read(kept.unorderedLogProb(same)),
          subsets.unorderedLogProb(value),
          tolerance);
      check(
          () -> "ratios",
          read(kept.leaveOneOutLogRatios(same)),
          subsets.leaveOneOutLogRatios(value),
          tolerance.orAbsolute(tolerance.relative()));
      Tensor never = tensor(new double[] {2, 1, 4}, DType.INT64, 3);
      double[] none = {MASK};
      check(() -> "log P with a mask", none, subsets.logProb(never), Tolerance.EXACT);
      check(() -> "set with a mask", none, subsets.unorderedLogProb(never), Tolerance.EXACT);
      Close.checkTrue(
          () -> "no ratios of an impossible set",
          subsets.leaveOneOutLogRatios(never).isNaN().all());
      Tensor all = tensor(new double[] {4, 0, 5, 2}, DType.INT64, 4);
      GumbelTopK four = GumbelTopK.of(logits, 4);
      check(() -> "the set of all", new double[] {0}, four.unorderedLogProb(all), Tolerance.EXACT);
      for (Scalar f :
          List.<Scalar>of(
              x -> GumbelTopK.of(x.get(0), 3).logProb(value).sum(),
              x -> GumbelTopK.of(x.get(0), 3).logProb(never).sum(),
              x -> GumbelTopK.of(x.get(0), 3).unorderedLogProb(value).sum(),
              x -> GumbelTopK.of(x.get(0), 3).unorderedLogProb(never).sum(),
              x -> GumbelTopK.of(x.get(0), 4).unorderedLogProb(all).sum(),
              x -> GumbelTopK.of(x.get(0), 4).leaveOneOutLogRatios(all).sum(),
              x -> GumbelTopK.of(x.get(0), 3).perturbedSample(Key.of(1)).perturbed().sum())) {
        double[] gradient = gradients(f, logits).get(0);
        Close.checkTrue(
            () -> "gradient " + Arrays.toString(gradient),
            gradient[1] == 0
                && gradient[3] == 0
                && Arrays.stream(gradient).allMatch(Double::isFinite));
      }
    }
  }

  @Rule(
      value = "S77",
      needs = {Capability.SORTING, Capability.GATHERING},
      falseAlarm = 1e-4)
  void sequencesAreDrawnAsOftenAsTheyAreProbable() {
    int n = 60_000;
    double[] logits = {0.5, -1, 1.5, 0};
    Tensor drawn =
        GumbelTopK.of(tensor(logits, DType.FLOAT32, 4), 2).sample(Key.of(5102), Shape.of(n));
    List<int[]> sequences = Races.sequences(4, 2);
    double[] p = Races.probabilities(logits);
    double[] expected = sequences.stream().mapToDouble(s -> Races.ordered(p, s)).toArray();
    double[] counts = new double[sequences.size()];
    long[] found = drawn.toLongs();
    for (int i = 0; i < n; i++) {
      int first = (int) found[2 * i];
      int second = (int) found[2 * i + 1];
      counts[3 * first + (second > first ? second - 1 : second)]++;
    }
    checkBelow("χ² of sequences, 11 degrees", 37.367, chiSquare(counts, expected, n));
  }

  @Rule(
      value = "S78",
      needs = {Capability.SORTING, Capability.GATHERING},
      falseAlarm = 1e-4)
  void perturbedSamplesExceedTheirThresholdAndWeighThemselves() {
    int n = 40_000;
    double[] logits = {0.5, -1, 1.5, 0, 0.2};
    double[] f = {1, -2, 0.5, 3, 4};
    Tensor theta = tensor(logits, finestType(), 5);
    GumbelTopK subsets = GumbelTopK.of(theta, 3);
    TopKSample sample = subsets.perturbedSample(Key.of(5103), Shape.of(n));
    check(
        () -> "indices",
        read(subsets.sample(Key.of(5103), Shape.of(n))),
        sample.indices(),
        Tolerance.EXACT);
    Tensor falling = sample.perturbed().slice(-1, 0, 2).gt(sample.perturbed().slice(-1, 1, 3));
    Close.checkTrue(() -> "perturbed log-probabilities fall", falling.all());
    Tensor last = sample.perturbed().select(-1, 2);
    Close.checkTrue(() -> "and exceed the threshold", last.gt(sample.threshold()).all());
    Tensor logProbs = subsets.logProbs().broadcastTo(Shape.of(n, 5)).gather(sample.indices(), -1);
    Tensor values =
        tensor(f, finestType(), 5).broadcastTo(Shape.of(n, 5)).gather(sample.indices(), -1);
    double[] estimates =
        read(logProbs.sub(sample.logInclusionProbs(logProbs)).exp().mul(values).sum(-1));
    double mean = Arrays.stream(estimates).average().orElseThrow();
    double squares = Arrays.stream(estimates).map(x -> (x - mean) * (x - mean)).sum();
    double[] p = Races.probabilities(logits);
    double exact = 0;
    for (int i = 0; i < 5; i++) {
      exact += p[i] * f[i];
    }
    checkBelow(
        "standard errors between the weighted mean and E f",
        NORMAL_1E4,
        Math.abs(mean - exact) / Math.sqrt(squares / ((double) n * (n - 1))));
    TopKSample all = GumbelTopK.of(theta, 5).perturbedSample(Key.of(5104));
    check(() -> "threshold of all", new double[] {MASK}, all.threshold(), Tolerance.EXACT);
    check(
        () -> "all are included",
        new double[5],
        all.logInclusionProbs(subsets.logProbs()),
        Tolerance.EXACT);
  }

  @Rule(
      value = "S79",
      needs = {Capability.SORTING, Capability.GATHERING})
  void gumbelTopKNamesWhatIsWrong() {
    Tensor logits = tensor(new double[] {0, 1, 2, MASK, MASK, 3}, DType.FLOAT32, 2, 3);
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(wrong, () -> GumbelTopK.of(logits, 0), "k = 0", "1 to 3");
    checkThrows(wrong, () -> GumbelTopK.of(logits, 4), "k = 4", "1 to 3");
    checkThrows(wrong, () -> GumbelTopK.of(logits, 2), "[1]", "at least 2", "masked");
    GumbelTopK good = GumbelTopK.of(logits.slice(0, 0, 1), 2);
    Tensor twice = tensor(new double[] {1, 1}, DType.INT64, 2);
    checkThrows(wrong, () -> good.logProb(twice), "logProb", "[1.0, 1.0]", "2 different");
    Tensor outside = tensor(new double[] {0, 3}, DType.INT64, 2);
    checkThrows(wrong, () -> good.unorderedLogProb(outside), "[0.0, 3.0]", "0 to 2");
    checkThrows(UnsupportedOperationException.class, good::mean, "kHot");
    checkThrows(UnsupportedOperationException.class, good::entropy, "MonteCarlo.entropy");
    List<Double> hot = new ArrayList<>();
    for (double x : read(good.kHot(tensor(new double[] {2, 0}, DType.INT64, 1, 2)))) {
      hot.add(x);
    }
    Close.checkEqual(() -> "k-hot", List.of(1.0, 0.0, 1.0), hot);
  }
}
