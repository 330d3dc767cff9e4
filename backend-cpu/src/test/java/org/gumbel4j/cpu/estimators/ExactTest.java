package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExactTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** REBAR's toy: E(b − t)², whose gradient by the logit is (1 − 2t)σ(1 − σ). */
  @Test
  void givesTheGradientOfTheToyInBothForms() {
    double t = 0.45;
    double logit = 0.3;
    double sigma = 1 / (1 + Math.exp(-logit));
    double expected = (1 - 2 * t) * sigma * (1 - sigma);

    Tensor bernoulli = device.tensor(new double[] {logit}, 1, 1);
    double one = gradient(z -> z.sub(t).square().sum(-1, -2), bernoulli).item();
    Tensor pair = device.tensor(new double[] {0, logit}, 1, 2);
    double[] two = gradient(z -> z.select(-1, 1).sub(t).square().sum(-1), pair).toDoubles();

    assertThat(one).isCloseTo(expected, within(1e-15));
    assertThat(two[1]).isCloseTo(expected, within(1e-15));
    assertThat(two[0]).isCloseTo(-expected, within(1e-15));
  }

  @Test
  void differentiatesAlsoByWhatTheObjectiveDependsOn() {
    Tensor logits = device.tensor(new double[] {0.2, -1, 0.4, 0, 2, 1}, 2, 3);
    Tensor weight = device.tensor(new double[] {1, 2, 3, 5, 7, 11}, 2, 3);
    ValueAndGradient both =
        Autodiff.valueAndGradient(
            p -> Exact.of().expectation(p.get(0), z -> z.mul(p.get(1)).sum(-1, -2)),
            List.of(logits, weight));
    double[] probs = logits.softmax(-1).toDoubles();
    assertThat(both.gradients().get(1).toDoubles()).containsExactly(probs, within(1e-15));
    assertThat(both.value().item())
        .isCloseTo(logits.softmax(-1).mul(weight).sum().item(), within(1e-13));
  }

  @Test
  void whatCannotHappenHasNoPartWhateverTheObjectiveSaysOfIt() {
    Tensor logits = device.tensor(new double[] {0, Double.NEGATIVE_INFINITY, 1}, 1, 3);
    Tensor value = device.tensor(new double[] {1, Double.NaN, 2}, 3);
    Tensor gradient =
        gradient(z -> Tensor.where(z.gt(0.5), value, value.zerosLike()).sum(-1, -2), logits);
    double p = 1 / (1 + Math.E);
    assertThat(gradient.toDoubles())
        .containsExactly(new double[] {-p * (1 - p), 0, p * (1 - p)}, within(1e-15));
  }

  @Test
  void refusesMoreRowsThanItsBudgetAndSaysHowMany() {
    Tensor logits = device.tensor(new double[60], 2, 10, 3);
    assertThatThrownBy(() -> new Exact(1000).expectation(logits, z -> z.sum(-1, -2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 variables of 3 values")
        .hasMessageContaining("1.181e+05")
        .hasMessageContaining("1000");
  }

  @Test
  void namesTheShapeThatTheObjectiveShouldHaveGiven() {
    Tensor logits = device.tensor(new double[12], 2, 2, 3);
    assertThatThrownBy(() -> Exact.of().expectation(logits, z -> z.sum(-1)))
        .hasMessageContaining("[9, 2, 2]")
        .hasMessageContaining("FLOAT64[9, 2]");
  }

  @Test
  void isFoundByName() {
    assertThat(Estimators.names()).contains("exact", "gumbel-softmax", "st-gumbel-softmax");
    assertThat(Estimators.named("exact")).isEqualTo(Exact.of());
    assertThatThrownBy(() -> Estimators.named("no-such"))
        .hasMessageContaining("'no-such'")
        .hasMessageContaining("gumbel-softmax");
  }

  private static Tensor gradient(ObjectiveFunction f, Tensor logits) {
    return Autodiff.gradient(x -> Exact.of().surrogate(x, f, Key.of(0)).sum(), logits);
  }
}
