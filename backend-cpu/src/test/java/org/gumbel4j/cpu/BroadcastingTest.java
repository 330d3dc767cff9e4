package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.gumbel4j.tensor.Shape;

class BroadcastingTest {
  private static final CpuBackend SCALAR = Cpu.open("scalar", 1);
  private static final CpuBackend VECTOR = Cpu.open("vector", 2);

  /**
   * Two or three operands that broadcast, made from one result shape by dropping and stretching
   * axes.
   */
  @Provide
  Arbitrary<Shape[]> operands() {
    Arbitrary<Integer> extent =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(1, 5)),
            Tuple.of(1, Arbitraries.of(17, 64, 1100)));
    Arbitrary<int[]> result = extent.array(int[].class).ofMinSize(0).ofMaxSize(4);
    Arbitrary<Long> choice = Arbitraries.longs();
    return Combinators.combine(result, choice)
        .as(
            (dims, bits) -> {
              Shape[] shapes = new Shape[3];
              long rest = bits;
              for (int s = 0; s < 3; s++) {
                int drop = dims.length == 0 ? 0 : (int) Math.floorMod(rest, dims.length + 1L);
                drop = s == 0 ? 0 : drop;
                rest >>= 3;
                long[] own = new long[dims.length - drop];
                for (int i = 0; i < own.length; i++) {
                  own[i] = (rest & 1) == 0 || dims[i + drop] > 5000 ? dims[i + drop] : 1;
                  rest >>= 1;
                }
                shapes[s] = Shape.of(own);
              }
              return shapes;
            })
        .filter(
            shapes ->
                shapes[0].broadcast(shapes[1], "x").broadcast(shapes[2], "x").size() < 50_000);
  }

  @Property(tries = 300)
  void binaryOperationsFollowTheDefinition(@ForAll("operands") Shape[] shapes) {
    CpuArray a = Cpu.floats(shapes[0], 1);
    CpuArray b = Cpu.floats(shapes[1], 2);
    Shape shape = shapes[0].broadcast(shapes[1], "x");
    float[] expected = new float[(int) shape.size()];
    boolean[] less = new boolean[expected.length];
    for (int i = 0; i < expected.length; i++) {
      long[] index = Cpu.index(i, shape);
      float u = a.floats()[Cpu.place(index, shapes[0])];
      float v = b.floats()[Cpu.place(index, shapes[1])];
      expected[i] = u - v;
      less[i] = u < v;
    }
    for (CpuBackend backend : new CpuBackend[] {SCALAR, VECTOR}) {
      CpuArray y = backend.sub(a, b);
      assertThat(y.shape()).isEqualTo(shape);
      assertThat(y.floats()).isEqualTo(expected);
      assertThat(backend.less(a, b).booleans()).isEqualTo(less);
    }
  }

  @Property(tries = 200)
  void whereFollowsTheDefinition(@ForAll("operands") Shape[] shapes) {
    CpuArray c = SCALAR.less(Cpu.doubles(shapes[0], 3), new CpuArray(Shape.SCALAR, new double[1]));
    CpuArray a = Cpu.doubles(shapes[1], 1);
    CpuArray b = Cpu.doubles(shapes[2], 2);
    Shape shape = shapes[0].broadcast(shapes[1], "x").broadcast(shapes[2], "x");
    double[] expected = new double[(int) shape.size()];
    for (int i = 0; i < expected.length; i++) {
      long[] index = Cpu.index(i, shape);
      expected[i] =
          c.booleans()[Cpu.place(index, shapes[0])]
              ? a.doubles()[Cpu.place(index, shapes[1])]
              : b.doubles()[Cpu.place(index, shapes[2])];
    }
    for (CpuBackend backend : new CpuBackend[] {SCALAR, VECTOR}) {
      assertThat(backend.where(c, a, b).doubles()).isEqualTo(expected);
    }
  }

  @Property(tries = 200)
  void broadcastToRepeatsEntries(@ForAll("operands") Shape[] shapes) {
    CpuArray a = Cpu.doubles(shapes[1], 1);
    Shape shape = shapes[0].broadcast(shapes[1], "x");
    double[] expected = new double[(int) shape.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = a.doubles()[Cpu.place(Cpu.index(i, shape), shapes[1])];
    }
    assertThat(SCALAR.broadcastTo(a, shape).doubles()).isEqualTo(expected);
  }
}
