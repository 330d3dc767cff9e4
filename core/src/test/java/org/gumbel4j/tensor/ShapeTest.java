package org.gumbel4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void aScalarHasOneEntryAndNoAxis() {
    assertThat(Shape.SCALAR.size()).isEqualTo(1);
    assertThat(Shape.SCALAR.rank()).isZero();
    assertThatThrownBy(() -> Shape.SCALAR.dim(0))
        .hasMessageContaining("a scalar, which has no axis");
  }

  @Test
  void anExtentOfZeroMakesItEmptyEvenBesideHugeOnes() {
    assertThat(Shape.of(Long.MAX_VALUE, Long.MAX_VALUE, 0).isEmpty()).isTrue();
  }

  @Test
  void negativeExtentsAndOverflowAreNamed() {
    assertThatThrownBy(() -> Shape.of(3, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, -1]");
    assertThatThrownBy(() -> Shape.of(1L << 32, 1L << 32)).hasMessageContaining("2^63");
  }

  @Test
  void anArrayHandedInOrOutDoesNotChangeTheShape() {
    long[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 7;
    shape.toArray()[1] = 7;
    assertThat(shape).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void axesCountFromEitherEnd() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.dim(-1)).isEqualTo(4);
    assertThat(shape.without(-2)).isEqualTo(Shape.of(2, 4));
    assertThat(shape.withInserted(-1, 1)).isEqualTo(Shape.of(2, 3, 4, 1));
    assertThat(shape.withInserted(0, 1)).isEqualTo(Shape.of(1, 2, 3, 4));
    assertThatThrownBy(() -> shape.axis(3, "sum")).hasMessageStartingWith("sum: axis 3");
    assertThatThrownBy(() -> shape.withInserted(4, 1)).hasMessageContaining("axis 4");
  }

  @Test
  void broadcastingStretchesOnesAndMissingAxes() {
    assertThat(Shape.of(5, 1, 3).broadcast(Shape.of(4, 1), "add")).isEqualTo(Shape.of(5, 4, 3));
    assertThat(Shape.SCALAR.broadcast(Shape.of(2, 2), "add")).isEqualTo(Shape.of(2, 2));
    assertThat(Shape.of(1, 3).broadcast(Shape.of(0, 1), "add")).isEqualTo(Shape.of(0, 3));
    assertThatThrownBy(() -> Shape.of(2, 3).broadcast(Shape.of(2), "add"))
        .hasMessageContaining("add")
        .hasMessageContaining("[2, 3]")
        .hasMessageContaining("[2]")
        .hasMessageContaining("equal or 1");
  }

  @Property
  void broadcastingIsSymmetricAndReachesItsResult(
      @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 2) Integer> dims,
      @ForAll @IntRange(min = 0, max = 15) int mask) {
    long[] full = dims.stream().mapToLong(d -> d).toArray();
    long[] ones = full.clone();
    for (int i = 0; i < ones.length; i++) {
      if ((mask >> i & 1) == 1) {
        ones[i] = 1;
      }
    }
    Shape a = Shape.of(full);
    Shape b = Shape.of(ones);
    Shape common = a.broadcast(b, "test");
    assertThat(b.broadcast(a, "test")).isEqualTo(common);
    assertThat(a.isBroadcastableTo(common) && b.isBroadcastableTo(common)).isTrue();
    assertThat(common).isEqualTo(a);
  }

  @Test
  void axesBeyondTheLastAreNotMadeUp() {
    assertThatThrownBy(() -> Shape.of(2, 3).axes(0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
