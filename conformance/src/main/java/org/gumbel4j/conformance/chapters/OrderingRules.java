package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Races;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Estimate;
import org.gumbel4j.distributions.MonteCarlo;
import org.gumbel4j.distributions.PlackettLuce;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: orders, against enumeration. */
abstract class OrderingRules extends SubsetRules {
  private static final double[] LOGITS = {0.3, -1.2, 1.7, 0.4};

  @Rule(value = "S111", needs = Capability.FLOAT64)
  void probabilitiesOfOrdersAreThoseOfDrawsOneByOne() {
    List<int[]> orders = Races.sequences(4, 4);
    for (double spread : new double[] {1, 100}) {
      double[] logits = Arrays.stream(LOGITS).map(x -> x * spread).toArray();
      double[] expected = orders.stream().mapToDouble(order -> logProb(logits, order)).toArray();
      Tensor logProb = PlackettLuce.of(wide(logits)).logProb(rows(orders));
      check(() -> "log P, spread " + spread, expected, logProb, new Tolerance(1e-13, 1e-13));
      check(() -> "Σ P, spread " + spread, new double[] {1}, logProb.exp().sum(), VALUES);
    }
  }

  /** Σ (θ at vᵢ − log Σ e^θ of those left), in logarithms, so that no spread underflows. */
  private static double logProb(double[] logits, int... order) {
    double sum = 0;
    for (int i = 0; i < order.length; i++) {
      double[] left = new double[order.length - i];
      for (int j = i; j < order.length; j++) {
        left[j - i] = logits[order[j]];
      }
      sum += logits[order[i]] - FusedSection.logSumExp(left);
    }
    return sum;
  }

  @Rule(value = "S112", needs = Capability.FLOAT64)
  void partialOrdersHaveTheProbabilityOfAllTheirCompletions() {
    PlackettLuce orders = PlackettLuce.of(wide(LOGITS));
    List<int[]> all = Races.sequences(4, 4);
    double[] probabilities = read(orders.logProb(rows(all)).exp());
    for (int m = 1; m <= 4; m++) {
      List<int[]> partial = Races.sequences(4, m);
      double[] first = new double[partial.size()];
      double[] among = new double[partial.size()];
      for (int i = 0; i < partial.size(); i++) {
        for (int j = 0; j < all.size(); j++) {
          int[] order = all.get(j);
          first[i] += Arrays.equals(partial.get(i), Arrays.copyOf(order, m)) ? probabilities[j] : 0;
          among[i] += isAmong(partial.get(i), order) ? probabilities[j] : 0;
        }
      }
      check(() -> "first places", first, orders.firstLogProb(rows(partial)).exp(), VALUES);
      check(() -> "among each other", among, orders.amongLogProb(rows(partial)).exp(), VALUES);
    }
  }

  private static boolean isAmong(int[] partial, int[] order) {
    int next = 0;
    for (int item : order) {
      if (next < partial.length && item == partial[next]) {
        next++;
      }
    }
    return next == partial.length;
  }

  @Rule(value = "S113", needs = Capability.FLOAT64)
  void logProbabilitiesOfOrdersHaveTheGradientsOfFiniteDifferences() {
    Tensor logits = wide(Samples.uniform(101, 10, -2, 2), Shape.of(2, 5));
    Tensor value = device().tensor(new long[] {3, 0, 1, 4, 2, 2, 4, 1, 0, 3}, 2, 5);
    Tensor part = value.slice(-1, 0, 3);
    checkDifferentiable(
        "orders", p -> PlackettLuce.of(p.get(0)).logProb(value).square().sum(), logits);
    checkDifferentiable(
        "first places", p -> PlackettLuce.of(p.get(0)).firstLogProb(part).square().sum(), logits);
    checkDifferentiable(
        "among each other",
        p -> PlackettLuce.of(p.get(0)).amongLogProb(part).square().sum(),
        logits);
    checkDifferentiable(
        "mean places", p -> PlackettLuce.of(p.get(0)).meanPlaces().square().sum(), logits);
  }

  @Rule("S114")
  void maskedItemsComeLastInTheirOrder() {
    double[] theta = {MASK, 0.5, MASK, -1, MASK};
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(theta, dtype, 5);
      List<int[]> all = Races.sequences(5, 5);
      Tensor logProb = PlackettLuce.of(logits).logProb(rows(all));
      double p = Races.probabilities(0.5, -1)[0];
      double[] expected = new double[all.size()];
      for (int i = 0; i < expected.length; i++) {
        int[] order = all.get(i);
        expected[i] =
            Arrays.equals(order, new int[] {1, 3, 0, 2, 4})
                ? p
                : Arrays.equals(order, new int[] {3, 1, 0, 2, 4}) ? 1 - p : 0;
      }
      check(() -> "P", expected, logProb.exp(), new Tolerance(1e-6, 0));
      double[] gradient =
          gradients(
                  x ->
                      PlackettLuce.of(x.get(0))
                          .logProb(device().tensor(new long[] {1, 3, 0, 2, 4}, 5)),
                  logits)
              .get(0);
      Close.check(
          () -> "gradient", new double[] {0, 1 - p, 0, p - 1, 0}, gradient, new Tolerance(1e-6, 0));
      if (device().can(Capability.SORTING)) {
        double[] tails =
            read(PlackettLuce.of(logits).sample(Key.of(5501), Shape.of(50)).slice(-1, 2, 5));
        for (int i = 0; i < tails.length; i++) {
          int at = i;
          Close.checkTrue(() -> "place of a masked item", tails[at] == 2 * (at % 3));
        }
      }
    }
  }

  @Rule(value = "S115", needs = Capability.SORTING, falseAlarm = 2e-4)
  void ordersAreDrawnAsOftenAsTheyAreProbable() {
    int n = 60_000;
    double[] logits = {0.5, -1, 0.2};
    PlackettLuce distribution = PlackettLuce.of(tensor(logits, DType.FLOAT32, 3));
    Tensor drawn = distribution.sample(Key.of(5502), Shape.of(n));
    List<int[]> orders = Races.sequences(3, 3);
    double[] expected =
        orders.stream().mapToDouble(order -> Math.exp(logProb(logits, order))).toArray();
    double[] counts = new double[6];
    double[] places = new double[3];
    double[] found = read(drawn);
    for (int i = 0; i < n; i++) {
      int first = (int) found[3 * i];
      int second = (int) found[3 * i + 1];
      counts[2 * first + (second > first ? second - 1 : second)]++;
      for (int place = 0; place < 3; place++) {
        places[(int) found[3 * i + place]] += (double) place / n;
      }
    }
    checkBelow("χ² of orders, 5 degrees", 25.745, chiSquare(counts, expected, n));
    // a place has a standard deviation below 1; 0.02 is more than 4.8 standard errors
    Close.check(
        () -> "mean places", read(distribution.meanPlaces()), places, new Tolerance(0, 0.02));
    Estimate entropy = MonteCarlo.entropy(distribution, Key.of(5503), 20_000);
    double exact = -Arrays.stream(expected).map(p -> p * Math.log(p)).sum();
    checkBelow(
        "standard errors between the entropies",
        NORMAL_1E4,
        Math.abs(entropy.value().item() - exact) / entropy.standardError().item());
  }

  @Rule(value = "S116", needs = Capability.SORTING)
  void placesAreTheInverseOfOrders() {
    PlackettLuce orders = PlackettLuce.of(tensor(LOGITS, DType.FLOAT32, 4));
    check(() -> "mode", new double[] {2, 3, 0, 1}, orders.mode(), Tolerance.EXACT);
    check(
        () -> "places of the mode",
        new double[] {2, 3, 0, 1},
        orders.places(orders.mode()),
        Tolerance.EXACT);
    Tensor cycle = device().tensor(new long[] {1, 2, 3, 0}, 4);
    check(() -> "places", new double[] {3, 0, 1, 2}, orders.places(cycle), Tolerance.EXACT);
  }

  @Rule("S117")
  void plackettLuceNamesWhatIsWrong() {
    PlackettLuce orders = PlackettLuce.of(tensor(LOGITS, DType.FLOAT32, 4));
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    Tensor twice = device().tensor(new long[] {0, 1, 2, 2}, 4);
    checkThrows(wrong, () -> orders.logProb(twice), "logProb", "4 different", "0 to 3");
    Tensor part = device().tensor(new long[] {0, 4}, 2);
    checkThrows(wrong, () -> orders.logProb(part), "event shape");
    checkThrows(wrong, () -> orders.firstLogProb(part), "firstLogProb", "2 different");
    checkThrows(wrong, () -> orders.amongLogProb(part.cast(DType.FLOAT32)), "INT64");
    Tensor many = device().tensor(new long[5], 5);
    checkThrows(wrong, () -> orders.amongLogProb(many), "1 to 4");
    Class<UnsupportedOperationException> none = UnsupportedOperationException.class;
    checkThrows(none, orders::mean, "meanPlaces");
    checkThrows(none, orders::entropy, "MonteCarlo.entropy");
    Tensor masked = tensor(new double[] {0, MASK}, DType.FLOAT32, 2);
    checkThrows(wrong, () -> PlackettLuce.of(masked).meanPlaces(), "meanPlaces", "finite");
  }
}
