package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MatMulTest {
  private static final CpuBackend SCALAR = Cpu.open("scalar", 1);
  private static final CpuBackend VECTOR = Cpu.open("vector", 1);
  private static final CpuBackend[] THREADED = {Cpu.open("vector", 2), Cpu.open("vector", 3)};

  /** Extents at, below and above the edges of tiles, panels and blocks. */
  @Provide
  Arbitrary<Integer> extents() {
    return Arbitraries.of(
        1, 2, 3, 5, 6, 7, 11, 12, 15, 16, 17, 31, 33, 48, 63, 64, 65, 97, 130, 257, 300);
  }

  @Property(tries = 150)
  void everySizeAndTranspositionFollowsTheDefinition(
      @ForAll("extents") int m,
      @ForAll("extents") int n,
      @ForAll("extents") int k,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB) {
    Shape shapeA = transposeA ? Shape.of(k, m) : Shape.of(m, k);
    Shape shapeB = transposeB ? Shape.of(n, k) : Shape.of(k, n);
    CpuArray a = Cpu.floats(shapeA, 1);
    CpuArray b = Cpu.floats(shapeB, 2);
    CpuArray da = Conversions.cast(a, DType.FLOAT64);
    CpuArray db = Conversions.cast(b, DType.FLOAT64);
    float[] scalar = SCALAR.matMul(a, b, transposeA, transposeB).floats();
    float[] vector = VECTOR.matMul(a, b, transposeA, transposeB).floats();
    double[] scalarDouble = SCALAR.matMul(da, db, transposeA, transposeB).doubles();
    double[] vectorDouble = VECTOR.matMul(da, db, transposeA, transposeB).doubles();
    double[] worst = new double[4];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        double magnitude = 0;
        for (int p = 0; p < k; p++) {
          double u = a.floats()[transposeA ? p * m + i : i * k + p];
          double v = b.floats()[transposeB ? j * k + p : p * n + j];
          sum += u * v;
          magnitude += Math.abs(u * v);
        }
        int at = i * n + j;
        double[] computed = {scalar[at], vector[at], scalarDouble[at], vectorDouble[at]};
        for (int kind = 0; kind < 4; kind++) {
          double error = Math.abs(computed[kind] - sum) / magnitude;
          worst[kind] = error <= worst[kind] ? worst[kind] : error;
        }
      }
    }
    assertThat(worst[0]).isLessThan(1e-6);
    assertThat(worst[1]).isLessThan(4e-6);
    assertThat(worst[2]).isLessThan(1e-13);
    assertThat(worst[3]).isLessThan(1e-13);
  }

  @ParameterizedTest
  @CsvSource({
    "100,784,512",
    "784,512,100",
    "300,100,257",
    "1,3000,700",
    "3000,1,700",
    "193,577,385"
  })
  void theNumberOfThreadsCannotBeSeen(int m, int n, int k) {
    for (int t = 0; t < 4; t++) {
      boolean ta = (t & 1) == 1;
      boolean tb = (t & 2) == 2;
      CpuArray a = Cpu.floats(ta ? Shape.of(k, m) : Shape.of(m, k), 1);
      CpuArray b = Cpu.floats(tb ? Shape.of(n, k) : Shape.of(k, n), 2);
      float[] alone = VECTOR.matMul(a, b, ta, tb).floats();
      for (CpuBackend threaded : THREADED) {
        assertThat(threaded.matMul(a, b, ta, tb).floats()).isEqualTo(alone);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void leadingAxesBroadcast(CpuBackend backend) {
    CpuArray a = Cpu.doubles(Shape.of(3, 1, 4, 5), 1);
    CpuArray b = Cpu.doubles(Shape.of(2, 6, 5), 2);
    CpuArray c = backend.matMul(a, b, false, true);
    assertThat(c.shape()).isEqualTo(Shape.of(3, 2, 4, 6));
    for (int x = 0; x < 3; x++) {
      for (int y = 0; y < 2; y++) {
        double[] one =
            backend
                .matMul(
                    backend.slice(a, 0, x, x + 1).reshape(Shape.of(4, 5)),
                    backend.slice(b, 0, y, y + 1).reshape(Shape.of(6, 5)),
                    false,
                    true)
                .doubles();
        double[] part = new double[24];
        System.arraycopy(c.doubles(), (x * 2 + y) * 24, part, 0, 24);
        assertThat(part).containsExactly(one, within(1e-14));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void oneMatrixForTheWholeBatch(CpuBackend backend) {
    CpuArray a = Cpu.doubles(Shape.of(7, 4, 5), 1);
    CpuArray b = Cpu.doubles(Shape.of(5, 6), 2);
    CpuArray c = backend.matMul(a, b, false, false);
    assertThat(c.shape()).isEqualTo(Shape.of(7, 4, 6));
    CpuArray flat = backend.matMul(a.reshape(Shape.of(28, 5)), b, false, false);
    assertThat(c.doubles()).isEqualTo(flat.doubles());
  }

  @Test
  void notANumberTimesZeroStaysNotANumber() {
    CpuArray a = new CpuArray(Shape.of(2, 2), new float[] {0, 0, 0, 0});
    CpuArray b = new CpuArray(Shape.of(2, 2), new float[] {Float.NaN, 1, 1, 1});
    for (CpuBackend backend : new CpuBackend[] {SCALAR, VECTOR}) {
      float[] c = backend.matMul(a, b, false, false).floats();
      assertThat(c[0]).isNaN();
      assertThat(c[1]).isZero();
    }
  }
}
