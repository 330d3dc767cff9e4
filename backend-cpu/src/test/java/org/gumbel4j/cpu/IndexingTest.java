package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexingTest {
  private static final CpuBackend CPU = Cpu.open("scalar", 2);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 100, 1025})
  void argSortIsStableInBothDirectionsAndPutsNotANumberAtTheTop(int n) {
    float[] few = {3, Float.NaN, -0f, 0f, 3, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -2};
    float[] v = new float[n];
    for (int i = 0; i < n; i++) {
      v[i] = few[(i * 5 + i / 7) % few.length];
    }
    // −0 and 0 are equal; Float.compare tells them apart, so they are made one.
    Comparator<Integer> ascending = Comparator.comparing(i -> v[i] + 0f);
    CpuArray x = new CpuArray(Shape.of(n), v);
    assertThat(CPU.argSort(x, 0, false).longs()).isEqualTo(sorted(n, ascending));
    assertThat(CPU.argSort(x, 0, true).longs()).isEqualTo(sorted(n, ascending.reversed()));
    CpuArray doubles = CPU.cast(x, DType.FLOAT64);
    assertThat(CPU.argSort(doubles, 0, true).longs()).isEqualTo(sorted(n, ascending.reversed()));
  }

  private static long[] sorted(int n, Comparator<Integer> order) {
    return IntStream.range(0, n).boxed().sorted(order).mapToLong(i -> i).toArray();
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void gatherByArgSortSortsAlongAnyAxis(CpuBackend backend) {
    CpuArray x = Cpu.doubles(Shape.of(4, 9, 5), 1);
    for (int axis = 0; axis < 3; axis++) {
      CpuArray order = backend.argSort(x, axis, false);
      CpuArray sorted = backend.gather(x, order, axis);
      int stride = (int) x.shape().axes(axis + 1, 3).size();
      for (int i = 0; i < x.size(); i++) {
        if (Cpu.index(i, x.shape())[axis] > 0) {
          assertThat(sorted.doubles()[i]).isGreaterThanOrEqualTo(sorted.doubles()[i - stride]);
        }
      }
      // What was picked goes back to where it came from.
      CpuArray zero = backend.full(x.shape(), DType.FLOAT64, 0);
      assertThat(backend.scatterAdd(zero, order, sorted, axis).doubles()).isEqualTo(x.doubles());
    }
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void scatterAddAddsUpRepeatedIndices(CpuBackend backend) {
    CpuArray x = new CpuArray(Shape.of(1, 3), new float[] {1, 1, 1});
    CpuArray index = new CpuArray(Shape.of(1, 4), new long[] {2, 0, 2, 2});
    CpuArray values = new CpuArray(Shape.of(1, 4), new float[] {10, 20, 30, 40});
    assertThat(backend.scatterAdd(x, index, values, 1).floats()).containsExactly(21, 1, 81);
    assertThat(x.floats()).containsOnly(1);
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void runningSumsEndInTheSum(CpuBackend backend) {
    CpuArray x = Cpu.doubles(Shape.of(3, 50, 2), 1);
    for (int axis = 0; axis < 3; axis++) {
      long n = x.shape().dim(axis);
      CpuArray last = backend.slice(backend.cumSum(x, axis), axis, n - 1, n);
      CpuArray sum = backend.sum(x, new int[] {axis}, true);
      assertThat(last.doubles()).containsExactly(sum.doubles(), within(1e-13));
    }
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void conversionsFollowTheInterface(CpuBackend backend) {
    double[] v = {0, -0.0, 1.9, -1.9, Double.NaN, 3e9};
    CpuArray x = new CpuArray(Shape.of(6), v);
    assertThat(backend.cast(x, DType.BOOL).booleans())
        .containsExactly(false, false, true, true, true, true);
    long[] whole = backend.cast(x, DType.INT64).longs();
    assertThat(whole[2]).isEqualTo(1);
    assertThat(whole[3]).isEqualTo(-1);
    assertThat(whole[5]).isEqualTo(3_000_000_000L);
    CpuArray truth = backend.cast(x, DType.BOOL);
    assertThat(backend.cast(truth, DType.FLOAT32).floats()).containsExactly(0, 0, 1, 1, 1, 1);
    assertThat(backend.cast(truth, DType.INT64).longs()).containsExactly(0, 0, 1, 1, 1, 1);
    assertThat(backend.full(Shape.of(2), DType.FLOAT32, 0.1).floats()).containsOnly(0.1f);
    assertThat(backend.full(Shape.of(2), DType.FLOAT64, 0.1).doubles()).containsOnly(0.1);
  }
}
