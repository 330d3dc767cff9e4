package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.gumbel4j.cpu.kernels.KernelChoice;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.api.Test;

/** One number broadcast to a large shape: it is written out when somebody asks, and not before. */
class UniformArrayTest {
  private static final int SIZE = 120;
  private static final Shape SHAPE = Shape.of(12, 10);

  private final CpuBackend backend =
      new CpuBackend(
          "cpu", KernelChoice.choose(Optional.empty()), 1, new Recycling(SIZE, 1 << 20, true));

  private CpuArray uniform(float number) {
    return backend.broadcastTo(new CpuArray(Shape.SCALAR, new float[] {number}), SHAPE);
  }

  private static CpuArray numbers() {
    float[] x = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      x[i] = i - 17.25f;
    }
    x[1] = Float.NaN;
    x[2] = Float.POSITIVE_INFINITY;
    x[3] = -0f;
    x[4] = Float.MIN_VALUE;
    return new CpuArray(SHAPE, x);
  }

  private static CpuArray written(float number) {
    float[] x = new float[SIZE];
    Arrays.fill(x, number);
    return new CpuArray(SHAPE, x);
  }

  @Test
  void operationsSeeTheNumberEverywhere() {
    CpuArray x = numbers();
    for (float number : new float[] {1, -2.5f, 0, Float.NaN, Float.NEGATIVE_INFINITY}) {
      CpuArray u = uniform(number);
      CpuArray w = written(number);
      assertThat(u.isUniform()).isTrue();
      assertSame(backend.mul(u, x), backend.mul(w, x));
      assertSame(backend.mul(x, u), backend.mul(x, w));
      assertSame(backend.sub(x, u), backend.sub(x, w));
      assertSame(backend.sub(u, x), backend.sub(w, x));
      assertSame(backend.add(u, u), backend.add(w, w));
      assertSame(backend.neg(u), backend.neg(w));
      assertSame(backend.reshape(u, Shape.of(SIZE)), w);
      assertSame(backend.permute(u, new int[] {1, 0}), w);
      assertSame(backend.broadcastTo(u, SHAPE.withInserted(0, 2)), number, 2 * SIZE);
      assertSame(backend.slice(u, 0, 1, 3), number, 20);
      assertSame(
          backend.sum(u, new int[] {1}, false), backend.sum(w, new int[] {1}, false).floats());
      CpuArray less = backend.less(x, u);
      assertThat(less.booleans()).isEqualTo(backend.less(x, w).booleans());
      assertSame(backend.where(less, u, x), backend.where(less, w, x));
      assertThat(backend.toFloats(u)).isEqualTo(w.floats());
    }
  }

  @Test
  void anArrayTimesOnesIsTheArray() {
    CpuArray x = numbers();
    assertThat(backend.mul(x, uniform(1)).data()).isSameAs(x.data());
    assertThat(backend.mul(uniform(1), x).data()).isSameAs(x.data());
    CpuArray row = backend.slice(x, 0, 0, 1);
    assertThat(backend.mul(row, uniform(1)).shape()).isEqualTo(SHAPE);
    CpuArray almost = backend.mul(x, uniform(Math.nextUp(1f)));
    assertThat(almost.data()).isNotSameAs(x.data());
  }

  @Test
  void theProductWithOnesOutlivesItsOperand() {
    CpuArray x = backend.neg(numbers());
    float[] expected = x.floats().clone();
    BackendScope scope = backend.openScope();
    CpuArray y = backend.mul(x, uniform(1));
    backend.attach(y, null);
    scope.close();
    backend.release(x);
    assertThat(y.floats()).isEqualTo(expected);
    backend.release(y);
    assertThat(y.floats()).containsOnly(Float.NaN);
  }

  @Test
  void whatWasWrittenOutIsUsedAgainAndWhatWasNotIsNoLoss() {
    CpuArray u = uniform(3);
    CpuArray view = backend.reshape(u, Shape.of(SIZE));
    Object array = u.data();
    assertThat(view.data()).isSameAs(array);
    backend.release(u);
    assertThat(view.floats()).containsOnly(3);
    backend.release(view);
    backend.release(uniform(4));
    assertThat(backend.neg(numbers()).data()).isSameAs(array);
    assertThat(backend.neg(numbers()).data()).isNotSameAs(array);
  }

  @Test
  void anUpdateInPlaceDoesNotWriteOverIt() {
    AdamCoefficients a = new AdamCoefficients(0.1, 0.9, 0.999, 1e-8, 1);
    CpuArray p = uniform(2);
    p.data();
    AdamStep<CpuArray> expected =
        backend.fused().adamStep(written(2), written(1), written(0), written(0), a);
    AdamStep<CpuArray> step =
        backend.fused().adamStepInPlace(p, written(1), uniform(0), uniform(0), a);
    assertThat(p.floats()).containsOnly(2);
    assertSame(backend.add(step.parameter(), uniform(0)), expected.parameter());
    assertSame(backend.add(step.firstMoment(), uniform(0)), expected.firstMoment());
    assertSame(backend.add(step.secondMoment(), uniform(0)), expected.secondMoment());
  }

  @Test
  void threadsThatAskAtOnceGetOneArray() {
    for (int i = 0; i < 100; i++) {
      CpuArray u = uniform(i);
      Set<Object> seen = ConcurrentHashMap.newKeySet();
      IntStream.range(0, 8).parallel().forEach(t -> seen.add(u.data()));
      assertThat(seen).hasSize(1);
      assertThat(u.floats()).containsOnly(i);
    }
  }

  @Test
  void otherTypesAndSmallShapesAreWrittenAtOnce() {
    CpuArray d = backend.broadcastTo(new CpuArray(Shape.SCALAR, new double[] {1}), SHAPE);
    assertThat(d.isUniform()).isFalse();
    assertThat(d.doubles()).containsOnly(1);
    CpuArray few =
        backend.broadcastTo(new CpuArray(Shape.SCALAR, new float[] {1}), Shape.of(SIZE - 1));
    assertThat(few.isUniform()).isFalse();
    assertThat(few.floats()).containsOnly(1);
  }

  @Test
  void moreThanAnArrayHoldsIsRefusedAtOnce() {
    CpuArray one = new CpuArray(Shape.SCALAR, new float[] {1});
    assertThatThrownBy(() -> backend.broadcastTo(one, Shape.of(1L << 20, 1L << 20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broadcastTo")
        .hasMessageContaining("holds at most");
  }

  private static void assertSame(CpuArray actual, CpuArray expected) {
    assertSame(actual, expected.floats());
  }

  private static void assertSame(CpuArray actual, float number, int size) {
    float[] expected = new float[size];
    Arrays.fill(expected, number);
    assertSame(actual, expected);
  }

  /** To the bit: isEqualTo tells −0 from 0 and finds NaN equal to itself. */
  private static void assertSame(CpuArray actual, float[] expected) {
    assertThat(actual.floats()).isEqualTo(expected);
  }
}
