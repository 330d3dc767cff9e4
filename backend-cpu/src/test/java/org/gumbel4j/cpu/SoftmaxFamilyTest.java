package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every override against the default built of primitives, over awkward sizes and each axis. */
class SoftmaxFamilyTest {
  private static final float MASK = Float.NEGATIVE_INFINITY;

  private static final Shape[] SHAPES = {
    Shape.of(1),
    Shape.of(2),
    Shape.of(10),
    Shape.of(1025),
    Shape.of(7, 1),
    Shape.of(300, 2),
    Shape.of(257, 3),
    Shape.of(100, 10),
    Shape.of(33, 15),
    Shape.of(33, 16),
    Shape.of(33, 17),
    Shape.of(20, 31),
    Shape.of(20, 33),
    Shape.of(9, 100),
    Shape.of(5, 1023),
    Shape.of(3, 4098),
    Shape.of(4, 5, 6),
    Shape.of(30, 10, 30)
  };

  static Stream<CpuBackend> all() {
    return Cpu.all();
  }

  private static void assertClose(CpuArray y, CpuArray expected, double relative, double absolute) {
    assertThat(y.shape()).isEqualTo(expected.shape());
    double[] u = Conversions.cast(y, DType.FLOAT64).doubles();
    double[] v = Conversions.cast(expected, DType.FLOAT64).doubles();
    for (int i = 0; i < u.length; i++) {
      if (Double.isFinite(v[i])) {
        assertThat(u[i]).isCloseTo(v[i], within(relative * Math.abs(v[i]) + absolute));
      } else {
        assertThat(Double.compare(u[i], v[i])).as("%s where %s is right", u[i], v[i]).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void overridesAgreeWithTheirDefaults(CpuBackend backend) {
    FusedOps<CpuArray> fused = backend.fused();
    FusedOps<CpuArray> plain = new FusedOps<>(Cpu.open("scalar", 1));
    for (Shape shape : SHAPES) {
      CpuArray x = masked(Cpu.floats(shape, 1));
      CpuArray g = Cpu.floats(shape, 2);
      // References in double.
      CpuArray dx = Conversions.cast(x, DType.FLOAT64);
      CpuArray dg = Conversions.cast(g, DType.FLOAT64);
      for (int axis = 0; axis < shape.rank(); axis++) {
        CpuArray y = plain.softmax(dx, axis);
        assertClose(fused.softmax(x, axis), y, 1e-6, 0);
        assertClose(fused.softmax(dx, axis), y, 1e-14, 0);
        assertClose(fused.logSoftmax(x, axis), plain.logSoftmax(dx, axis), 1e-6, 1e-6);
        assertClose(fused.logSumExp(x, axis, false), plain.logSumExp(dx, axis, false), 1e-6, 1e-6);
        assertClose(fused.logSumExp(x, axis, true), plain.logSumExp(dx, axis, true), 1e-6, 1e-6);
        CpuArray fy = Conversions.cast(y, DType.FLOAT32);
        assertClose(
            fused.softmaxBackward(fy, g, axis), plain.softmaxBackward(y, dg, axis), 1e-5, 1e-6);
        assertClose(
            fused.gumbelSoftmaxBackward(fy, g, 0.3, axis),
            plain.gumbelSoftmaxBackward(y, dg, 0.3, axis),
            1e-5,
            3e-6);
        CpuArray ly = plain.logSoftmax(dx, axis);
        assertClose(
            fused.logSoftmaxBackward(Conversions.cast(ly, DType.FLOAT32), g, axis),
            plain.logSoftmaxBackward(ly, dg, axis),
            1e-5,
            1e-5);
        assertClose(
            fused.gumbelSoftmax(x, g, 0.5, axis),
            plain.gumbelSoftmax(dx, dg, 0.5, axis),
            2e-6,
            1e-30);
      }
    }
  }

  /** One entry in seven, but never the first of all axes, so that no slice is empty. */
  private static CpuArray masked(CpuArray x) {
    float[] v = x.floats().clone();
    for (int i = 0; i < v.length; i++) {
      long[] index = Cpu.index(i, x.shape());
      boolean somewhereInside = true;
      for (long at : index) {
        somewhereInside &= at > 0;
      }
      if (somewhereInside && i % 7 == 0) {
        v[i] = MASK;
      }
    }
    return new CpuArray(x.shape(), v);
  }

  @ParameterizedTest
  @MethodSource("all")
  void maskedClassesHaveProbabilityExactlyZero(CpuBackend backend) {
    for (int k : new int[] {2, 3, 10, 16, 17, 40, 1000}) {
      float[] v = new float[3 * k];
      for (int i = 0; i < v.length; i++) {
        v[i] = i % k == k - 1 ? 100 : MASK;
      }
      CpuArray x = new CpuArray(Shape.of(3, k), v);
      float[] y = backend.fused().softmax(x, 1).floats();
      float[] z = backend.fused().gumbelSoftmax(x, Key.of(1), 1, 0.1, 1).floats();
      for (int i = 0; i < v.length; i++) {
        assertThat(y[i]).isEqualTo(i % k == k - 1 ? 1f : 0f);
        assertThat(z[i]).isEqualTo(i % k == k - 1 ? 1f : 0f);
      }
      assertThat(backend.fused().logSumExp(x, 1, false).floats()).containsOnly(100f);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRowIsSpoiledByItsOwnEntriesAlone(CpuBackend backend) {
    for (int k : new int[] {1, 2, 5, 10, 15, 16, 17, 33, 100}) {
      int rows = 50;
      float[] v = Cpu.floats(Cpu.normals(rows * k, k));
      CpuArray good = backend.fused().softmax(new CpuArray(Shape.of(rows, k), v.clone()), 1);
      float negativeNaN = Float.intBitsToFloat(0xffc00000);
      v[7 * k] = Float.NaN;
      v[9 * k + k - 1] = negativeNaN;
      v[11 * k] = Float.POSITIVE_INFINITY;
      for (int j = 0; j < k; j++) {
        v[13 * k + j] = MASK;
      }
      CpuArray x = new CpuArray(Shape.of(rows, k), v);
      float[] y = backend.fused().softmax(x, 1).floats();
      for (int i = 0; i < y.length; i++) {
        int row = i / k;
        if (row == 7 || row == 9 || row == 11 || row == 13) {
          assertThat(y[i]).isNaN();
        } else {
          assertThat(y[i]).isEqualTo(good.floats()[i]);
        }
      }
      float[] total = backend.fused().logSumExp(x, 1, false).floats();
      assertThat(total[7]).isNaN();
      assertThat(total[9]).isNaN();
      assertThat(total[11]).isEqualTo(Float.POSITIVE_INFINITY);
      assertThat(total[13]).isEqualTo(Float.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void noiseMadeInsideIsTheKeysOwn(CpuBackend backend) {
    FusedOps<CpuArray> fused = backend.fused();
    FusedOps<CpuArray> plain = new FusedOps<>(backend);
    Key key = Key.of(42);
    for (Shape shape : SHAPES) {
      CpuArray x = Cpu.floats(shape, 1);
      CpuArray dx = Conversions.cast(x, DType.FLOAT64);
      for (int axis = 0; axis < shape.rank(); axis++) {
        assertClose(
            fused.gumbelSoftmax(x, key, 0.7, 0.5, axis),
            plain.gumbelSoftmax(x, key, 0.7, 0.5, axis),
            2e-5,
            1e-30);
        assertClose(
            fused.gumbelSoftmax(dx, key, 1, 2, axis),
            plain.gumbelSoftmax(dx, key, 1, 2, axis),
            1e-13,
            0);
        assertThat(fused.gumbelMax(x, key, axis).longs())
            .isEqualTo(plain.gumbelMax(x, key, axis).longs());
        assertThat(fused.gumbelMax(dx, key, axis).longs())
            .isEqualTo(plain.gumbelMax(dx, key, axis).longs());
      }
    }
  }
}
