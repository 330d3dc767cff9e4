package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MergedAxesTest {
  @Test
  void neighboursThatTheSameOperandsStretchOverBecomeOne() {
    MergedAxes axes =
        MergedAxes.of(List.of(djl(2, 3, 1, 4, 5, 1, 6), djl(1, 1, 1, 4, 5, 1, 6), djl(4, 5, 1, 1)));
    assertThat(axes.operands()).containsExactly(djl(6, 20, 6), djl(1, 20, 6), djl(1, 20, 1));
    assertThat(axes.result()).isEqualTo(djl(2, 3, 1, 4, 5, 1, 6));
  }

  @Test
  void scalarsKeepOneAxis() {
    MergedAxes axes = MergedAxes.of(List.of(djl(), djl(1, 1)));
    assertThat(axes.operands()).containsExactly(djl(1), djl(1));
    assertThat(axes.result()).isEqualTo(djl(1, 1));
  }

  private static ai.djl.ndarray.types.Shape djl(long... dims) {
    return new ai.djl.ndarray.types.Shape(dims);
  }

  static Stream<Arguments> choices() {
    Shape whole = Shape.of(2, 3, 1, 2, 2, 3);
    return Stream.of(
        arguments(whole, whole, whole),
        arguments(whole, Shape.of(1, 1, 1, 2, 2, 3), Shape.SCALAR),
        arguments(Shape.of(2, 3, 1, 1, 1, 1), whole, Shape.of(2, 3)),
        arguments(Shape.of(2, 1, 1, 2, 1, 1), Shape.of(3, 1, 2, 2, 3), Shape.of(1)));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void mxNetChoosesOverSixAxesAsTheCpuDoes(Shape condition, Shape a, Shape b) {
    WhereMxNetIs.assumeMxNet();
    try (Device mxnet = Backends.named("djl-mxnet");
        Device cpu = Backends.named("cpu")) {
      assertThat(choose(mxnet, condition, a, b)).containsExactly(choose(cpu, condition, a, b));
    }
  }

  private static float[] choose(Device device, Shape condition, Shape a, Shape b) {
    Tensor chosen =
        Tensor.where(
            normal(device, condition, 1).gt(0), normal(device, a, 2), normal(device, b, 3));
    assertThat(chosen.shape()).isEqualTo(Shape.of(2, 3, 1, 2, 2, 3));
    return chosen.toFloats();
  }

  private static Tensor normal(Device device, Shape shape, int child) {
    return device.noise(Noise.NORMAL, Key.of(77).child(child), shape, DType.FLOAT32);
  }
}
