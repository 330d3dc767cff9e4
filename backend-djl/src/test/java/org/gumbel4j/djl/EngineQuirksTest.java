package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What DJL or one of its engines was measured to do in its own way, and users of a tensor must not
 * notice. Each name says what holds; the comment says what DJL does.
 */
@ExtendWith(WhereMxNetIs.class)
class EngineQuirksTest {
  private static final String PYTORCH = "djl-pytorch";
  private static final String MXNET = "djl-mxnet";

  /** On MXNet {@code topK} and {@code gather} throw. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void topKAndGatherWork(String name) {
    try (Device device = Backends.named(name)) {
      Tensor x = device.tensor(new float[] {3, 1, 2, 4, 6, 5}, 2, 3);
      Tensor top = x.topK(2, -1);
      assertThat(top.toLongs()).containsExactly(0, 2, 1, 2);
      assertThat(x.gather(top, -1).toFloats()).containsExactly(3, 2, 6, 5);
    }
  }

  /** On MXNet {@code isInfinite} throws. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void infinitiesAreRecognised(String name) {
    try (Device device = Backends.named(name)) {
      float infinity = Float.POSITIVE_INFINITY;
      Tensor x = device.tensor(new float[] {1, infinity, -infinity, Float.NaN}, 4);
      assertThat(x.isFinite().toBooleans()).containsExactly(true, false, false, false);
    }
  }

  /** On MXNet it seems to succeed, and the error comes out of a later call that is innocent. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void aProductOfIntegersIsRefusedAtOnceAndSpoilsNothing(String name) {
    try (Device device = Backends.named(name)) {
      Tensor x = device.tensor(new long[] {1, 2, 3, 4}, 2, 2);
      assertThatThrownBy(() -> x.matMul(x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("matMul");
      device.synchronize();
      assertThat(x.add(x).toLongs()).containsExactly(2, 4, 6, 8);
    }
  }

  /** On MXNet an empty slice has shape [0]. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void anEmptySliceHasItsShape(String name) {
    try (Device device = Backends.named(name)) {
      Tensor empty = device.zeros(Shape.of(2, 3), DType.FLOAT32).slice(0, 1, 1);
      assertThat(empty.shape()).isEqualTo(Shape.of(0, 3));
    }
  }

  /** On MXNet {@code cumSum} and {@code transpose} know no negative axes. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void axesCountFromTheEnd(String name) {
    try (Device device = Backends.named(name)) {
      Tensor x = device.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      assertThat(x.cumSum(-1).toFloats()).containsExactly(1, 3, 6, 4, 9, 15);
      assertThat(x.permute(-1, -2).toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
    }
  }

  /** On MXNet {@code transpose} and {@code slice} of booleans throw. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void masksMoveAsNumbersDo(String name) {
    try (Device device = Backends.named(name)) {
      Tensor x = device.tensor(new boolean[] {true, false, false, true, true, false}, 2, 3);
      assertThat(x.transpose().toBooleans()).containsExactly(true, true, false, true, false, false);
      assertThat(x.slice(1, 1, 3).toBooleans()).containsExactly(false, false, true, false);
    }
  }

  /** On MXNet {@code clip} rounds its bounds to FLOAT32, on both {@code full} does its value. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void numbersReachDoublesUnrounded(String name) {
    try (Device device = Backends.named(name)) {
      Tensor x = device.tensor(new double[] {0, 1}, 2);
      assertThat(x.clamp(0.1, 0.3).toDoubles()).containsExactly(0.1, 0.3);
      assertThat(device.full(Shape.of(2), DType.FLOAT64, 0.1).toDoubles()).containsOnly(0.1);
      assertThat(x.add(0.1).toDoubles()).containsExactly(0.1, 1.1);
    }
  }

  /** On MXNet an index out of range gives a row of zeros, silently. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void anIndexOutsideIsAnError(String name) {
    try (Device device = Backends.named(name)) {
      Tensor index = device.tensor(new long[] {0, 3}, 2);
      assertThatThrownBy(() -> index.oneHot(3, DType.FLOAT32))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("index 3 is outside 0 … 2");
    }
  }

  /** On MXNet {@code where} knows five axes at most. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void aChoiceHasManyAxes(String name) {
    try (Device device = Backends.named(name)) {
      Tensor x = device.tensor(new float[] {1, -2, 3, -4}, 2, 1, 2, 1, 1, 1);
      assertThat(Tensor.where(x.gt(0), x, x.neg()).toFloats()).containsExactly(1, 2, 3, 4);
      Tensor held = Tensor.where(x.gt(0), x, device.scalar(0, DType.FLOAT32));
      assertThat(held.toFloats()).containsExactly(1, 0, 3, 0);
      assertThat(held.shape()).isEqualTo(x.shape());
    }
  }

  /** On PyTorch {@code max} over two axes throws. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void extremesOverSeveralAxes(String name) {
    try (Device device = Backends.named(name)) {
      Tensor x = device.tensor(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
      assertThat(x.max(0, 2).toFloats()).containsExactly(6, 8);
      assertThat(x.min(0, 2).toFloats()).containsExactly(1, 3);
    }
  }

  /** On PyTorch a descending {@code argSort} turns ties round; on MXNet none is stable. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void sortingKeepsTheOrderOfEqualsBothWays(String name) {
    try (Device device = Backends.named(name)) {
      float[] alike = new float[100];
      long[] inOrder = IntStream.range(0, 100).asLongStream().toArray();
      Tensor x = device.tensor(alike, 100);
      assertThat(x.argSort(0, true).toLongs()).isEqualTo(inOrder);
      assertThat(x.argSort(0, false).toLongs()).isEqualTo(inOrder);
    }
  }

  /** On MXNet a sum that meets one infinity is NaN. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void oneInfinityIsTheSum(String name) {
    try (Device device = Backends.named(name)) {
      Tensor x = device.tensor(new float[] {1, Float.POSITIVE_INFINITY, 3}, 3);
      assertThat(x.sum().item()).isInfinite();
    }
  }

  /** On both the product of batches of matrices was found to broadcast; so it stays. */
  @ParameterizedTest
  @ValueSource(strings = {PYTORCH, MXNET})
  void productsOfBatchesBroadcast(String name) {
    try (Device device = Backends.named(name)) {
      Tensor a = device.tensor(new float[] {1, 2, 3, 4}, 2, 1, 1, 2);
      Tensor b = device.tensor(new float[] {1, 1, 2, 0}, 1, 2, 2, 1);
      Tensor product = a.matMul(b);
      assertThat(product.shape()).isEqualTo(Shape.of(2, 2, 1, 1));
      assertThat(product.toFloats()).containsExactly(3, 2, 7, 6);
    }
  }
}
