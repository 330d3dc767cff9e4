package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Overrides against the defaults in double, for entries of every size. */
class NetworkTest {
  private static final FusedOps<CpuArray> PLAIN = new FusedOps<>(Cpu.open("scalar", 1));
  private static final int[] SIZES = {1, 5, 15, 16, 17, 100, 1023, 1025, 4098, 50_000};

  private static CpuArray wide(int n, long seed) {
    double[] v = Cpu.normals(n, seed);
    for (int i = 0; i < n; i++) {
      v[i] *= i % 3 == 0 ? 40 : 1;
    }
    return new CpuArray(Shape.of(n), Cpu.floats(v));
  }

  private static CpuArray exact(CpuArray x) {
    return Conversions.cast(x, DType.FLOAT64);
  }

  private static void assertClose(CpuArray y, CpuArray expected, double relative, double absolute) {
    double[] u = exact(y).doubles();
    double[] v = expected.doubles();
    assertThat(u).hasSameSizeAs(v);
    double worst = 0;
    for (int i = 0; i < u.length; i++) {
      double error = Math.abs(u[i] - v[i]) / (relative * Math.abs(v[i]) + absolute);
      worst = error <= worst ? worst : error;
    }
    assertThat(worst).isLessThan(1);
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void activationsAndTheirGradients(CpuBackend backend) {
    FusedOps<CpuArray> fused = backend.fused();
    for (int n : SIZES) {
      CpuArray x = wide(n, 1);
      CpuArray g = Cpu.floats(Shape.of(n), 2);
      assertClose(fused.sigmoid(x), PLAIN.sigmoid(exact(x)), 3e-7, 1e-44);
      assertClose(fused.softplus(x), PLAIN.softplus(exact(x)), 3e-7, 1e-44);
      assertClose(fused.relu(x), PLAIN.relu(exact(x)), 1e-9, 1e-44);
      assertClose(fused.reluBackward(x, g), PLAIN.reluBackward(exact(x), exact(g)), 1e-9, 1e-44);
    }
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void crossEntropyAndItsGradient(CpuBackend backend) {
    FusedOps<CpuArray> fused = backend.fused();
    for (int n : SIZES) {
      CpuArray l = wide(n, 1);
      CpuArray t = fused.sigmoid(Cpu.floats(Shape.of(n), 2));
      CpuArray g = Cpu.floats(Shape.of(n), 3);
      assertClose(
          fused.binaryCrossEntropyWithLogits(l, t),
          PLAIN.binaryCrossEntropyWithLogits(exact(l), exact(t)),
          1e-6,
          2e-5);
      assertClose(
          fused.binaryCrossEntropyWithLogitsBackward(l, t, g),
          PLAIN.binaryCrossEntropyWithLogitsBackward(exact(l), exact(t), exact(g)),
          1e-6,
          1e-6);
    }
  }

  /** log(1 + e^−l) for a target of 1 is not the difference of l and l. */
  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void crossEntropyOfACertainAnswerIsSmallAndNotZero(CpuBackend backend) {
    for (int n : SIZES) {
      float[] logits = new float[n];
      float[] targets = new float[n];
      for (int i = 0; i < n; i++) {
        targets[i] = i % 2;
        logits[i] = (i % 2 == 1 ? 1 : -1) * (10 + i % 40);
      }
      CpuArray l = new CpuArray(Shape.of(n), logits);
      CpuArray t = new CpuArray(Shape.of(n), targets);
      float[] y = backend.fused().binaryCrossEntropyWithLogits(l, t).floats();
      for (int i = 0; i < n; i++) {
        double exact = Math.log1p(Math.exp(-Math.abs(logits[i])));
        assertThat((double) y[i]).isCloseTo(exact, withinPercentage(1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void linearIsProductPlusBias(CpuBackend backend) {
    for (int k : new int[] {1, 3, 16, 21, 300}) {
      CpuArray x = Cpu.floats(Shape.of(7, 30), 1);
      CpuArray w = Cpu.floats(Shape.of(30, k), 2);
      CpuArray b = Cpu.floats(Shape.of(k), 3);
      assertClose(
          backend.fused().linear(x, w, b), PLAIN.linear(exact(x), exact(w), exact(b)), 1e-5, 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void adamFollowsItsFormula(CpuBackend backend) {
    AdamCoefficients a = new AdamCoefficients(1e-2, 0.9, 0.999, 1e-8, 7);
    for (int n : SIZES) {
      CpuArray p = Cpu.floats(Shape.of(n), 1);
      CpuArray g = Cpu.floats(Shape.of(n), 2);
      CpuArray m = Cpu.floats(Shape.of(n), 3);
      CpuArray v = backend.abs(Cpu.floats(Shape.of(n), 4));
      AdamStep<CpuArray> step = backend.fused().adamStep(p, g, m, v, a);
      AdamStep<CpuArray> right = PLAIN.adamStep(exact(p), exact(g), exact(m), exact(v), a);
      assertClose(step.parameter(), right.parameter(), 1e-6, 1e-6);
      assertClose(step.firstMoment(), right.firstMoment(), 1e-6, 1e-6);
      assertClose(step.secondMoment(), right.secondMoment(), 1e-6, 1e-6);
      AdamStep<CpuArray> doubles =
          backend.fused().adamStep(exact(p), exact(g), exact(m), exact(v), a);
      assertClose(doubles.parameter(), right.parameter(), 1e-13, 1e-14);
    }
  }
}
