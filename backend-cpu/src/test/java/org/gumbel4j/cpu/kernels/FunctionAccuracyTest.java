package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in units in the last place, over every exponent and some hundred significands of each. */
class FunctionAccuracyTest {
  private static final ScalarElementwise SCALAR = new ScalarElementwise();
  private static final ScalarElementwise VECTOR =
      KernelChoice.choose(Optional.of("auto")).elementwise();

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Math.nextUp(1f),
    Math.nextDown(1f),
    Math.nextUp(-1f),
    Math.nextDown(-1f),
    88.722839f,
    88.72284f,
    -103.972f,
    -104f,
    89f,
    0.625f,
    Math.nextDown(0.625f),
    0x1p24f,
    0x1p25f,
    -17.3f,
    -17.5f
  };

  private static final float[] FLOATS = floats();
  private static final double[] DOUBLES = doubles();

  private static float[] floats() {
    int stride = 9973; // a prime: low bits vary
    int n = (int) ((1L << 32) / stride);
    float[] x = new float[n + SPECIAL.length];
    for (int i = 0; i < n; i++) {
      x[i] = Float.intBitsToFloat(i * stride);
    }
    System.arraycopy(SPECIAL, 0, x, n, SPECIAL.length);
    return x;
  }

  private static double[] doubles() {
    int n = 200_000;
    double[] x = new double[n + FLOATS.length];
    for (int i = 0; i < n; i++) {
      x[i] = Double.longBitsToDouble(i * (Long.MAX_VALUE / n) * 2 + i);
    }
    for (int i = 0; i < FLOATS.length; i++) {
      x[n + i] = FLOATS[i];
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({
    "EXP,1",
    "EXPM1,2",
    "LOG,1",
    "LOG1P,2",
    "SQRT,0.501",
    "TANH,2",
    "SIGMOID,2",
    "SOFTPLUS,2"
  })
  void singlePrecisionIsWithinTheStatedUlps(UnaryOp op, double bound) {
    float[] y = new float[FLOATS.length];
    VECTOR.unary(op, FLOATS, 0, y, 0, y.length);
    double worst = 0;
    float worstAt = 0;
    for (int i = 0; i < y.length; i++) {
      double exact = op.apply(FLOATS[i]);
      double error = Ulps.between(y[i], exact);
      if (error > worst) {
        worst = error;
        worstAt = FLOATS[i];
      }
    }
    assertThat(worst).as("%s, worst at %s", op, worstAt).isLessThanOrEqualTo(bound);
  }

  @ParameterizedTest
  @CsvSource({"EXP,1.6", "LOG,1.6"})
  void doublePrecisionIsWithinTwoUlps(UnaryOp op, double bound) {
    double[] y = new double[DOUBLES.length];
    VECTOR.unary(op, DOUBLES, 0, y, 0, y.length);
    for (int i = 0; i < y.length; i++) {
      // The reference itself is within one.
      double exact = op == UnaryOp.EXP ? StrictMath.exp(DOUBLES[i]) : StrictMath.log(DOUBLES[i]);
      boolean finite = Double.isFinite(exact);
      double error = finite ? Math.abs(y[i] - exact) / Math.ulp(exact) : 0;
      boolean same = finite || Double.compare(exact, y[i]) == 0;
      if (!same || !(error <= bound)) {
        fail("%s(%s) = %s, not %s: %s ulp", op, DOUBLES[i], y[i], exact, error);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void anEntryDoesNotDependOnItsNeighbours(UnaryOp op) {
    float[] x = new float[4200];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 1000) * 0.01f;
    }
    float[] whole = new float[x.length];
    VECTOR.unary(op, x, 0, whole, 0, x.length);
    int[] sizes = {1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 64, 100, 1023, 1024, 1025, 1999};
    int at = 0;
    float[] parts = new float[x.length];
    for (int round = 0; at < x.length; round++) {
      int n = Math.min(sizes[round % sizes.length], x.length - at);
      VECTOR.unary(op, x, at, parts, at, n);
      at += n;
    }
    assertThat(parts).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 15, 16, 17, 63, 64, 65, 100, 1023, 1024, 1025, 4098})
  void exactOperationsAreTheSameInBothSets(int n) {
    float[] a = new float[n + 3];
    float[] b = new float[n + 3];
    for (int i = 0; i < a.length; i++) {
      a[i] = FLOATS[(i * 7919 + n) % FLOATS.length];
      b[i] = FLOATS[(i * 104_729 + 5 * n) % FLOATS.length];
    }
    System.arraycopy(SPECIAL, 0, a, 0, Math.min(n, SPECIAL.length));
    for (BinaryOp op : BinaryOp.values()) {
      float[] plain = new float[n];
      float[] simd = new float[n];
      SCALAR.binary(op, a, 3, b, 1, plain, 0, n);
      VECTOR.binary(op, a, 3, b, 1, simd, 0, n);
      assertThat(simd).as(op.name()).isEqualTo(plain);
    }
    for (UnaryOp op : UnaryOp.values()) {
      if (!op.isTranscendental()) {
        float[] plain = new float[n];
        float[] simd = new float[n];
        SCALAR.unary(op, a, 3, plain, 0, n);
        VECTOR.unary(op, a, 3, simd, 0, n);
        assertThat(simd).as(op.name()).isEqualTo(plain);
      }
    }
  }
}
