package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Gradients where a function is flat, but not constant. */
class SaturatedGradientsTest {
  @Test
  void sigmoidHasAGradientWhereItRoundsToOne() {
    try (Device cpu = Backends.named("cpu")) {
      double[] at = {-300, -40, 40, 300};
      Tensor x = cpu.tensor(at, at.length);
      double[] gradient = Autodiff.gradient(l -> l.sigmoid().sum(), x).toDoubles();
      for (int i = 0; i < at.length; i++) {
        assertThat(gradient[i]).isCloseTo(Math.exp(-Math.abs(at[i])), withinPercentage(1e-9));
      }
    }
  }

  @Test
  void crossEntropyIsCurvedWhereItsAnswerIsCertain() {
    try (Device cpu = Backends.named("cpu")) {
      Tensor x = cpu.tensor(new double[] {50}, 1);
      Tensor target = cpu.tensor(new double[] {1}, 1);
      Tensor one = cpu.tensor(new double[] {1}, 1);
      double curvature =
          Autodiff.hessianVectorProduct(l -> l.binaryCrossEntropyWithLogits(target).sum(), x, one)
              .item();
      assertThat(curvature).isCloseTo(Math.exp(-50), withinPercentage(1e-9));
    }
  }
}
