package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.Cost;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.diagnostics.EstimatorMeasurement;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every estimator that is registered as unbiased, in every form that it takes: {@link ZeroBias}.
 */
class UnbiasedEstimatorsTest {
  /** As many cases as share the rate of false alarms where the harness itself is tested. */
  private static final int FAMILY = 1000;

  private static Device device;

  /** An estimator by name and options, on a form of logits. */
  record Case(String name, EstimatorOptions options, Form form) {
    GradientEstimator estimator() {
      return Estimators.named(name, options);
    }

    /** Of the case alone: what else is registered changes no number here. */
    Key key() {
      return Key.of(20_261_125).fold(toString().hashCode());
    }

    @Override
    public String toString() {
      return name + options.values() + " on " + form;
    }
  }

  @BeforeAll
  static void open() {
    device = Backends.named("cpu", BackendOptions.DEFAULT.withThreads(1));
  }

  @AfterAll
  static void close() {
    device.close();
  }

  static List<Form> forms() {
    return Form.all();
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String name : Estimators.names()) {
      for (EstimatorOptions options : variants(name)) {
        EstimatorTraits traits = Estimators.named(name, options).traits();
        for (Form form : Form.all()) {
          if (traits.bias() == Bias.UNBIASED && form.fits(traits)) {
            cases.add(new Case(name, options, form));
          }
        }
      }
    }
    return cases;
  }

  /** As it comes, and with several samples, pairs of them, or a baseline; its networks small. */
  private static List<EstimatorOptions> variants(String name) {
    EstimatorOptions small = EstimatorOptions.DEFAULT.with("hidden", 8);
    EstimatorOptions base = has(name, small) ? small : EstimatorOptions.DEFAULT;
    return Stream.of(
            base,
            base.with("samples", 5),
            base.with("pairs", 3),
            base.with("baseline", "leave-one-out"))
        .filter(options -> has(name, options))
        .toList();
  }

  private static boolean has(String name, EstimatorOptions options) {
    try {
      Estimators.named(name, options);
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("has no option");
      return false;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void meanIsTheExactGradient(Case c) {
    EstimatorMeasurement measured = ZeroBias.measure(c.estimator(), c.form(), device, c.key());
    ZeroBias.assertUnbiased(measured, cases().size());
  }

  /**
   * What an estimator says of its cost is what it asks of the objective, unless that would be every
   * value of z, and one twice.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void asksTheObjectiveAsOftenAsItSays(Case c) {
    EstimatorMeasurement measured = ZeroBias.glance(c.estimator(), c.form(), device, c.key());
    double said = measured.traits().cost().evaluations();
    assertThat(measured.evaluationsPerEstimate())
        .isLessThan(said + 1e-9)
        .isGreaterThan(Math.min(said, c.form().values()) - 1e-9);
  }

  /** 1 % too long: the least that must be seen, with the noise of a plain score function. */
  @ParameterizedTest
  @MethodSource("forms")
  void aPlantedBiasInLengthIsFound(Form form) {
    assertFound(form, (logits, exact) -> exact.mul(0.01));
  }

  /** 1 % of the norm, all of it in one entry. */
  @ParameterizedTest
  @MethodSource("forms")
  void aPlantedBiasInOneEntryIsFound(Form form) {
    assertFound(
        form,
        (logits, exact) -> {
          double[] bias = new double[(int) exact.size()];
          bias[0] = 0.01 * Math.sqrt(exact.square().sum().item());
          return device.tensor(bias, exact.dtype(), bias.length).reshape(exact.shape());
        });
  }

  /** A tenth too high a value, which is a small one: it is 0.47, where f goes from -3 to 4. */
  @Test
  void aPlantedBiasOfTheValueIsFound() {
    GradientEstimator biased =
        planted((x, f, key) -> score(x, f, key).add(score(x, f, key).stopGradient().mul(0.1)));
    EstimatorMeasurement measured = ZeroBias.measure(biased, Form.CATEGORICAL, device, Key.of(3));
    assertThatThrownBy(() -> ZeroBias.assertUnbiased(measured, FAMILY))
        .hasMessageContaining("exact value");
  }

  /** The problems tell the estimators that are biased: not one passes for unbiased. */
  @ParameterizedTest
  @MethodSource("forms")
  void theBiasOfGumbelSoftmaxIsFound(Form form) {
    for (String name : List.of("gumbel-softmax", "st-gumbel-softmax")) {
      EstimatorMeasurement measured =
          ZeroBias.measure(Estimators.named(name), form, device, Key.of(4));
      assertThatThrownBy(() -> ZeroBias.assertUnbiased(measured, FAMILY))
          .hasMessageContaining("exact gradient");
    }
  }

  /** The same score function without a planted bias passes. */
  @ParameterizedTest
  @MethodSource("forms")
  void anHonestScoreFunctionPasses(Form form) {
    ZeroBias.assertUnbiased(
        ZeroBias.measure(planted(UnbiasedEstimatorsTest::score), form, device, Key.of(2)), FAMILY);
  }

  private static void assertFound(Form form, BinaryOperator<Tensor> bias) {
    Tensor logits = form.logits(device, DType.FLOAT32);
    ObjectiveFunction f = form.objective(device, DType.FLOAT32);
    Tensor exact = Autodiff.gradient(x -> Exact.of().expectation(x, f).sum(), logits);
    Tensor planted = bias.apply(logits, exact);
    GradientEstimator biased =
        planted(
            (x, objective, key) -> {
              Tensor honest = score(x, objective, key);
              Tensor finite = Tensor.where(x.isFinite(), x, x.zerosLike());
              return CustomGradient.straightThrough(
                  honest.stopGradient(), honest.add(finite.mul(planted).sum(-1, -2)));
            });
    EstimatorMeasurement measured = ZeroBias.measure(biased, form, device, Key.of(1));
    assertThatThrownBy(() -> ZeroBias.assertUnbiased(measured, FAMILY))
        .hasMessageContaining("exact gradient");
  }

  /** f(z) log P(z), with the value of f. */
  private static Tensor score(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of("score", logits);
    Tensor z = latents.sample(key, Shape.SCALAR);
    Tensor value = f.at(z);
    return CustomGradient.straightThrough(value, value.mul(latents.logProb(z)));
  }

  /** The surrogate alone, as a lambda. */
  @FunctionalInterface
  private interface Rule {
    Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key);
  }

  private static GradientEstimator planted(Rule rule) {
    return new GradientEstimator() {
      @Override
      public EstimatorTraits traits() {
        return EstimatorTraits.of(
            "planted", "none", Bias.UNBIASED, "Says it has none.", new Cost(1, 0, 1));
      }

      @Override
      public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
        return rule.surrogate(logits, f, key);
      }
    };
  }
}
