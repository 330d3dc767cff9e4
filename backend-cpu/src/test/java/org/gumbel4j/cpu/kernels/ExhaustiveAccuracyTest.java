package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All 2³² numbers of single precision: NaN, infinities, subnormals and the rest. Minutes for each
 * function, so these run with {@code -Pexhaustive} alone.
 */
@Tag("exhaustive")
class ExhaustiveAccuracyTest {
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final double MOST = 2;

  private final ScalarElementwise kernels = KernelChoice.choose(Optional.of("auto")).elementwise();

  /** An argument, and by how many ulps its result is off. */
  private record Worst(double ulps, float at) {
    static final Worst NONE = new Worst(0, 0);

    Worst or(Worst other) {
      return other.ulps > ulps ? other : this;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = UnaryOp.class,
      names = {"EXP", "EXPM1", "LOG", "LOG1P", "TANH", "SIGMOID", "SOFTPLUS"})
  void everyNumberIsWithinTwoUlps(UnaryOp op, TestReporter reporter) {
    Worst worst =
        IntStream.range(0, 1 << (Integer.SIZE - CHUNK_BITS))
            .parallel()
            .mapToObj(chunk -> chunk(op, chunk << CHUNK_BITS))
            .reduce(Worst.NONE, Worst::or);
    reporter.publishEntry(op.name(), worst.ulps() + " ulp at " + worst.at());
    assertThat(worst.ulps()).as("%s, worst at %s", op, worst.at()).isLessThanOrEqualTo(MOST);
  }

  private Worst chunk(UnaryOp op, int firstBits) {
    float[] x = new float[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      x[i] = Float.intBitsToFloat(firstBits + i);
    }
    float[] y = new float[CHUNK];
    kernels.unary(op, x, 0, y, 0, CHUNK);
    double most = 0;
    float at = 0;
    for (int i = 0; i < CHUNK; i++) {
      double ulps = Ulps.between(y[i], op.apply(x[i]));
      if (!(ulps <= most)) {
        most = Double.isNaN(ulps) ? Double.POSITIVE_INFINITY : ulps;
        at = x[i];
      }
    }
    return new Worst(most, at);
  }
}
