package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.conformance.ConformanceReport.ChapterResult;
import org.gumbel4j.conformance.localexpectation.LocalExpectation;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.Cost;
import org.gumbel4j.estimators.DiscretePathEstimator;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Estimators of strangers with one planted fault each: the rule that names it must fail. */
class PlantedEstimatorsTest {
  private static final String ONLY = "gumbel4j.conformance.estimators";

  @AfterEach
  void remove() {
    PlantedEstimators.remove();
    System.clearProperty(ONLY);
  }

  /** A right estimator, and what a fault makes of its surrogate. */
  private interface Fault {
    Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key);
  }

  private static final GradientEstimator RIGHT = new LocalExpectation(1);

  private static GradientEstimator faulty(Fault fault) {
    return new GradientEstimator() {
      @Override
      public EstimatorTraits traits() {
        return EstimatorTraits.of(
            PlantedEstimators.NAME, "none", Bias.UNBIASED, "So it says.", new Cost(0, 0, 1));
      }

      @Override
      public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
        return fault.surrogate(logits, f, key);
      }
    };
  }

  private static Set<String> failures(GradientEstimator estimator) {
    return failures(estimator, o -> o.requireOnly(PlantedEstimators.NAME));
  }

  private static Set<String> failures(
      GradientEstimator estimator, Consumer<EstimatorOptions> options) {
    PlantedEstimators.plant(estimator, options);
    return failures(PlantedEstimators.NAME, new PlantedBackend());
  }

  private static Set<String> failures(String only, PlantedBackend backend) {
    System.setProperty(ONLY, only);
    ConformanceReport report =
        ConformanceRunner.run("planted", backend::open, List.of("Estimators"), c -> {});
    List<String> failed = new ArrayList<>();
    for (ChapterResult chapter : report.chapters()) {
      chapter.failures().forEach(f -> failed.add(f.rule().replaceAll(" .*", "")));
    }
    return Set.copyOf(failed);
  }

  @Test
  void withoutAFaultNothingFails() {
    assertThat(failures(faulty(RIGHT::surrogate))).isEmpty();
  }

  @Test
  void anUnknownOptionThatIsPassedOver() {
    assertThat(failures(faulty(RIGHT::surrogate), o -> {})).containsExactly("M01");
  }

  @Test
  void aNameThatIsNotItsOwn() {
    assertThat(failures(RIGHT)).containsExactly("M01");
  }

  @Test
  void anAxisTooMany() {
    assertThat(failures(faulty((x, f, key) -> RIGHT.surrogate(x, f, key).expandDims(-1))))
        .contains("M02");
  }

  @Test
  void aGradientThatDoesNotArrive() {
    assertThat(failures(faulty((x, f, key) -> RIGHT.surrogate(x.stopGradient(), f, key))))
        .contains("M02", "M42");
  }

  @Test
  void aGradientForMaskedClasses() {
    assertThat(failures(faulty((x, f, key) -> RIGHT.surrogate(x, f, key).add(leak(x).sum(-1, -2)))))
        .contains("M03");
  }

  /** 0, with a gradient where x is masked. */
  private static Tensor leak(Tensor x) {
    Tensor masked = x.eq(Double.NEGATIVE_INFINITY);
    Tensor gradient = CustomGradient.straightThrough(x.zerosLike(), x);
    return Tensor.where(masked, gradient, x.zerosLike());
  }

  @Test
  void aStateThatIsHidden() {
    AtomicInteger calls = new AtomicInteger();
    assertThat(
            failures(
                faulty((x, f, key) -> RIGHT.surrogate(x, f, key.fold(calls.getAndIncrement())))))
        .containsExactly("M04");
  }

  @Test
  void aKeyThatIsNotUsed() {
    assertThat(failures(faulty((x, f, key) -> RIGHT.surrogate(x, f, Key.of(3))))).contains("M04");
  }

  @Test
  void parametersOfTheObjectiveThatGetNothing() {
    assertThat(
            failures(faulty((x, f, key) -> RIGHT.surrogate(x, z -> f.at(z).stopGradient(), key))))
        .containsExactly("M05");
  }

  @Test
  void aGradientOfTheWrongSign() {
    assertThat(
            failures(
                faulty(
                    (x, f, key) -> {
                      Tensor s = RIGHT.surrogate(x, f, key);
                      Tensor fixed = RIGHT.surrogate(x.stopGradient(), f, key);
                      Tensor turned = fixed.mul(2).sub(s);
                      return CustomGradient.straightThrough(s.stopGradient(), turned);
                    })))
        .containsExactly("M42");
  }

  @Test
  void anObjectiveThatIsAskedTheWrongWay() {
    assertThat(failures(faulty((x, f, key) -> RIGHT.surrogate(x, z -> f.at(z.mul(0.5)), key))))
        .contains("M42");
  }

  @Test
  void logitsThatNobodyLooksAt() {
    assertThat(
            failures(
                faulty(
                    (x, f, key) ->
                        RIGHT.surrogate(Tensor.where(x.isNaN(), x.zerosLike(), x), f, key))))
        .containsExactly("M07");
  }

  @Test
  void samplesThatAreNotQuiteOneHot() {
    DiscretePathEstimator blurred =
        new DiscretePathEstimator() {
          @Override
          public EstimatorTraits traits() {
            return EstimatorTraits.of(
                PlantedEstimators.NAME, "none", Bias.BIASED, "", new Cost(1, 1, 1));
          }

          @Override
          public int samples() {
            return 1;
          }

          @Override
          public Tensor through(FactorisedLatents latents, Tensor z, Key key) {
            Tensor p = latents.probs().broadcastTo(z.shape());
            return z.add(p).sub(p.stopGradient()).mul(0.99);
          }
        };
    assertThat(failures(blurred)).containsExactly("M21");
  }

  /** A backend's fault, found by the expectations of our own. */
  @Test
  void noiseThatIsMoved() {
    PlantedBackend moved =
        new PlantedBackend()
            .fused(
                b ->
                    new FusedOps<>(b) {
                      @Override
                      public Object noise(Noise kind, Key key, Shape shape, DType dtype) {
                        Object noise = super.noise(kind, key, shape, dtype);
                        return kind == Noise.LOGISTIC
                            ? backend.add(noise, backend.full(Shape.SCALAR, dtype, 0.7))
                            : noise;
                      }
                    });
    assertThat(failures("local-expectation,straight-through", moved)).containsExactly("M42");
  }
}
