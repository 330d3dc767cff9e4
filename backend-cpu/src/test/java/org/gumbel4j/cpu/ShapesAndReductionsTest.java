package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShapesAndReductionsTest {
  private static final CpuBackend SCALAR = Cpu.open("scalar", 1);
  private static final CpuBackend VECTOR = Cpu.open("vector", 2);
  private static final CpuBackend[] BOTH = {SCALAR, VECTOR};

  @Provide
  Arbitrary<long[]> dims() {
    return Arbitraries.longs().between(1, 7).array(long[].class).ofMinSize(1).ofMaxSize(4);
  }

  @Property(tries = 300)
  void reductionsOverAnyAxesFollowTheDefinition(
      @ForAll("dims") long[] dims, @ForAll @IntRange(min = 1, max = 15) int mask) {
    Shape shape = Shape.of(dims);
    int[] axes = IntStream.range(0, dims.length).filter(a -> (mask >> a & 1) == 1).toArray();
    if (axes.length == 0) {
      return;
    }
    CpuArray x = Cpu.floats(shape, 5);
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    int n = (int) kept.size();
    double[] sums = new double[n];
    float[] maxima = new float[n];
    float[] minima = new float[n];
    Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
    Arrays.fill(minima, Float.POSITIVE_INFINITY);
    for (int i = 0; i < x.size(); i++) {
      int at = Cpu.place(Cpu.index(i, shape), kept);
      sums[at] += x.floats()[i];
      maxima[at] = Math.max(maxima[at], x.floats()[i]);
      minima[at] = Math.min(minima[at], x.floats()[i]);
    }
    for (CpuBackend backend : BOTH) {
      CpuArray sum = backend.sum(x, axes, true);
      assertThat(sum.shape()).isEqualTo(kept);
      for (int i = 0; i < n; i++) {
        assertThat((double) sum.floats()[i]).isCloseTo(sums[i], within(1e-5));
      }
      assertThat(backend.max(x, axes, true).floats()).isEqualTo(maxima);
      assertThat(backend.min(x, axes, true).floats()).isEqualTo(minima);
      assertThat(backend.sum(x, axes, false).shape().rank()).isEqualTo(dims.length - axes.length);
    }
  }

  @Property(tries = 300)
  void permutationsFollowTheDefinition(@ForAll("dims") long[] small, @ForAll long seed) {
    long[] dims = small.clone();
    if ((seed & 1) == 1) {
      dims[0] *= 13;
      dims[dims.length - 1] *= 7;
    }
    Shape shape = Shape.of(dims);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < dims.length; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    int[] permutation = order.stream().mapToInt(i -> i).toArray();
    CpuArray x = Cpu.doubles(shape, 1);
    CpuArray y = SCALAR.permute(x, permutation);
    for (int i = 0; i < y.size(); i++) {
      long[] to = Cpu.index(i, y.shape());
      long[] from = new long[to.length];
      for (int axis = 0; axis < to.length; axis++) {
        from[permutation[axis]] = to[axis];
      }
      assertThat(y.doubles()[i]).isEqualTo(x.doubles()[Cpu.place(from, shape)]);
    }
  }

  @Property(tries = 100)
  void slicesPutTogetherAgainAreTheWhole(@ForAll("dims") long[] dims, @ForAll long seed) {
    Shape shape = Shape.of(dims);
    int axis = Math.floorMod(seed, dims.length);
    CpuArray x = Cpu.floats(shape, 1);
    long cut = dims[axis] / 2;
    if (cut == 0) {
      return;
    }
    CpuArray whole =
        SCALAR.concat(
            List.of(SCALAR.slice(x, axis, 0, cut), SCALAR.slice(x, axis, cut, dims[axis])), axis);
    assertThat(whole.shape()).isEqualTo(shape);
    assertThat(whole.floats()).isEqualTo(x.floats());
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void aMillionTenthsSumToAHundredThousand(CpuBackend backend) {
    float[] tenths = new float[1_000_000];
    Arrays.fill(tenths, 0.1f);
    CpuArray x = new CpuArray(Shape.of(1000, 1000), tenths);
    double exact = 1e6 * (double) 0.1f;
    float total = backend.sum(x, new int[] {0, 1}, false).floats()[0];
    assertThat((double) total).isCloseTo(exact, within(exact * 3e-7));
    float column = backend.sum(x.reshape(Shape.of(500_000, 2)), new int[] {0}, false).floats()[1];
    assertThat((double) column).isCloseTo(exact / 2, within(exact * 1e-7));
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void notANumberIsTheExtremeOfEverySetItIsIn(CpuBackend backend) {
    for (int n : new int[] {1, 3, 16, 17, 33, 100, 1025}) {
      for (int at : new int[] {0, n / 2, n - 1}) {
        float[] v = Cpu.floats(Cpu.normals(n, n));
        v[at] = Float.NaN;
        CpuArray x = new CpuArray(Shape.of(n), v);
        assertThat(backend.max(x, new int[] {0}, false).floats()[0]).isNaN();
        assertThat(backend.min(x, new int[] {0}, false).floats()[0]).isNaN();
        assertThat(backend.argMax(x, 0).longs()[0]).isEqualTo(at);
        CpuArray tall = x.reshape(Shape.of(n, 1));
        CpuArray two = backend.concat(List.of(tall, tall), 1);
        assertThat(backend.max(two, new int[] {0}, false).floats()).containsOnly(Float.NaN);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.gumbel4j.cpu.Cpu#all")
  void theFirstOfEqualEntriesIsTheLargest(CpuBackend backend) {
    for (int n : new int[] {2, 15, 16, 40, 64, 1000}) {
      float[] v = new float[n];
      v[n - 1] = 1;
      v[n / 2] = 1;
      CpuArray x = new CpuArray(Shape.of(n), v);
      assertThat(backend.argMax(x, 0).longs()[0]).isEqualTo(n / 2);
      CpuArray column =
          backend.concat(List.of(x.reshape(Shape.of(n, 1)), x.reshape(Shape.of(n, 1))), 1);
      assertThat(backend.argMax(column, 0).longs()).containsExactly(n / 2, n / 2);
    }
    CpuArray zeros = new CpuArray(Shape.of(2), new float[] {-0f, 0f});
    assertThat(backend.argMax(zeros, 0).longs()[0]).isZero();
  }
}
