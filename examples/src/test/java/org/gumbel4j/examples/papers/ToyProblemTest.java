package org.gumbel4j.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.gumbel4j.estimators.Exact;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToyProblemTest {
  @ParameterizedTest
  @CsvSource({
    "toy-0.45, 1, 0.2025",
    "toy-0.499, 1, 0.249001",
    "polynomial-1.5, 128, 0.301869",
    "polynomial-2, 128, 0.2025",
    "polynomial-3, 128, 0.091125",
  })
  void floorsAreThoseOfThePapers(String label, int variables, double floor) {
    ToyProblem problem = ToyProblem.of(label);
    assertThat(problem.variables()).isEqualTo(variables);
    assertThat(problem.floor()).isCloseTo(floor, within(5e-7));
  }

  @Test
  void expectationIsTheSumOverAllBits() {
    try (Device device = Backends.named("cpu")) {
      ToyProblem problem = new ToyProblem("three", 3, 0.45, 1.5);
      Tensor logits = device.tensor(new double[] {0.3, -2, 1, 0, 4, -0.5}, 2, 3, 1);
      assertThat(problem.expectation(logits).toDoubles())
          .usingComparatorWithPrecision(1e-14)
          .containsExactly(Exact.of().expectation(logits, problem::at).toDoubles());
    }
  }

  @Test
  void unknownProblemsAreAnsweredWithTheKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToyProblem.of("game"))
        .withMessageContainingAll("'game'", "toy-0.499", "polynomial-3");
  }
}
