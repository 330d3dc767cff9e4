package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopExpTest {
  @Test
  void withinTwoUnitsInTheLastPlaceDownToTheSubnormals() {
    int n = 1 << 20;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = -104.5f * i / n;
    }
    float[] y = x.clone();
    LoopExp.exp(y, n);
    for (int i = 0; i < n; i++) {
      double exact = Math.exp(x[i]);
      double ulp = Math.ulp((float) exact);
      assertThat(Math.abs(y[i] - exact)).as("e^%s", x[i]).isLessThanOrEqualTo(2 * ulp);
    }
  }

  @Test
  void nothingIsZeroNaNStaysAndZeroIsOne() {
    float[] x = {Float.NEGATIVE_INFINITY, -1e30f, Float.NaN, 0f, -0f, -Float.MIN_VALUE};
    LoopExp.exp(x, 5);
    assertThat(x).containsExactly(0f, 0f, Float.NaN, 1f, 1f, -Float.MIN_VALUE);
  }
}
