package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.distributions.Estimate;
import org.gumbel4j.distributions.MonteCarlo;
import org.gumbel4j.distributions.Reparameterized;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** What must be true of any distribution. What it has no closed form of is left out. */
public abstract class DistributionLaws extends DistributionSection {
  private static final int DRAWS = 20_000;

  /**
   * The distribution under test: a batch of several members that differ.
   *
   * @param dtype of its parameters
   */
  protected abstract Distribution distribution(DType dtype);

  private static <T> Optional<T> ifAny(Supplier<T> method) {
    try {
      return Optional.of(method.get());
    } catch (UnsupportedOperationException none) {
      return Optional.empty();
    }
  }

  @Rule("D01")
  void samplesLieInTheSupportAndHaveAllShapesInOrder() {
    for (DType dtype : floatingTypes()) {
      Distribution p = distribution(dtype);
      Tensor samples = p.sample(Key.of(7001), Shape.of(6, 5));
      Shape batch = Shape.of(6, 5).concat(p.batchShape());
      Close.checkEqual(() -> "samples", batch.concat(p.eventShape()), samples.shape());
      Close.checkTrue(() -> "support", p.support().check(samples).all());
      Optional<Tensor> logProb = ifAny(() -> p.logProb(samples));
      if (logProb.isPresent()) {
        Close.checkEqual(() -> "log p", batch, logProb.get().shape());
        Close.checkTrue(() -> "log p is finite", logProb.get().isFinite().all());
      }
    }
  }

  @Rule("D02")
  void aKeyGivesItsSamplesAgainAndAnotherKeyOthers() {
    Distribution p = distribution(DType.FLOAT32);
    double[] samples = read(p.sample(Key.of(7002), Shape.of(50)));
    check(() -> "again", samples, p.sample(Key.of(7002), Shape.of(50)), Tolerance.EXACT);
    double[] others = read(p.sample(Key.of(7003), Shape.of(50)));
    Close.checkTrue(() -> "another key's samples differ", !Arrays.equals(samples, others));
    if (p instanceof Reparameterized r) {
      check(() -> "rsample", samples, r.rsample(Key.of(7002), Shape.of(50)), Tolerance.EXACT);
    }
  }

  @Rule("D03")
  void expandedDistributionsAreTheSameForEveryMember() {
    Distribution p = distribution(DType.FLOAT32);
    Shape wide = Shape.of(4).concat(p.batchShape());
    Distribution expanded = p.expand(wide);
    Close.checkEqual(() -> "class", p.getClass(), expanded.getClass());
    Close.checkEqual(() -> "batch", wide, expanded.batchShape());
    Close.checkEqual(() -> "event", p.eventShape(), expanded.eventShape());
    Tensor value = p.sample(Key.of(7004));
    ifAny(() -> p.logProb(value))
        .ifPresent(
            logProb ->
                check(
                    () -> "log p",
                    read(logProb.broadcastTo(wide)),
                    expanded.logProb(value),
                    new Tolerance(1e-6, 1e-6)));
    if (p.batchShape().rank() > 0) {
      Shape other = p.batchShape().with(-1, p.batchShape().dim(-1) + 1);
      checkThrows(IllegalArgumentException.class, () -> p.expand(other));
    }
  }

  @Rule("D04")
  void valuesOfWrongTypeShapeOrPlaceAreRefused() {
    Distribution p = distribution(DType.FLOAT32);
    Tensor value = p.sample(Key.of(7005));
    if (ifAny(() -> p.logProb(value)).isEmpty()) {
      return;
    }
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(wrong, () -> p.logProb(value.cast(DType.BOOL)), "logProb", "BOOL");
    Tensor tooMany = Tensor.concat(List.of(value, value), -1);
    checkThrows(wrong, () -> p.logProb(tooMany), "logProb");
    if (value.dtype().isFloating()) {
      checkThrows(wrong, () -> p.logProb(value.add(Double.NaN)), "logProb", "NaN", "must be");
    }
  }

  @Rule(value = "D05", falseAlarm = 1e-3)
  void momentsAreThoseOfSamples() {
    Distribution p = distribution(finestType());
    Tensor samples = p.sample(Key.of(7006), Shape.of(DRAWS));
    if (!samples.dtype().isFloating()) {
      return;
    }
    ifAny(p::mean).ifPresent(mean -> checkAverage("mean", samples, mean));
    Optional<Tensor> mean = ifAny(p::mean);
    Optional<Tensor> variance = ifAny(p::variance);
    if (mean.isPresent() && variance.isPresent()) {
      checkAverage("variance", samples.sub(mean.get()).square(), variance.get());
    }
  }

  /** Within 5 standard errors, entry by entry: one of a hundred fails in fewer than 1e-4 cases. */
  private static void checkAverage(String what, Tensor samples, Tensor expected) {
    Tensor average = samples.mean(0);
    Close.checkEqual(() -> "shape of the " + what, average.shape(), expected.shape());
    Tensor deviation = samples.sub(average).square().mean(0).sqrt();
    Tensor error = deviation.mul(5 / Math.sqrt(DRAWS)).add(1e-6);
    Close.checkTrue(
        () -> "the " + what + " is " + expected + ", that of samples " + average,
        average.sub(expected).abs().le(error).all());
  }

  @Rule(value = "D06", falseAlarm = 1e-3)
  void entropyIsThatOfSamples() {
    Distribution p = distribution(finestType());
    Optional<Tensor> entropy = ifAny(p::entropy);
    if (entropy.isEmpty()) {
      return;
    }
    Estimate estimate = MonteCarlo.entropy(p, Key.of(7007), DRAWS);
    Close.checkEqual(() -> "shape of the entropy", p.batchShape(), entropy.get().shape());
    Tensor error = estimate.standardError().mul(5).add(1e-6);
    Close.checkTrue(
        () -> "the entropy is " + entropy.get() + ", that of samples " + estimate.value(),
        entropy.get().sub(estimate.value()).abs().le(error).all());
  }

  /**
   * For numbers without atoms: over an interval of length L that holds half of the samples, the
   * mean of 1/p is L, whatever p is.
   */
  @Rule(value = "D07", falseAlarm = 1e-3)
  void densityIsThatOfTheSamples() {
    Distribution p = distribution(finestType());
    Tensor samples = p.sample(Key.of(7008), Shape.of(DRAWS));
    if (p.eventShape().rank() > 0
        || !samples.dtype().isFloating()
        || Arrays.stream(read(samples)).distinct().count() < samples.size() / 2) {
      return;
    }
    Tensor middle = samples.mean(0);
    Tensor half = samples.sub(middle).abs().mean(0);
    Tensor inside = samples.sub(middle).abs().lt(half);
    Tensor inverse = p.logProb(samples).neg().exp();
    Tensor zero = inverse.zerosLike();
    checkAverage("length of an interval", Tensor.where(inside, inverse, zero), half.mul(2));
  }
}
