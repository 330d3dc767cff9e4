package org.gumbel4j.conformance.check;

import java.util.stream.DoubleStream;
import org.gumbel4j.tensor.DType;

/** Values at the edges of a type. */
public final class Specials {
  private static final double[] COMMON = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    1e-3,
    -1e-3,
    1e-10,
    -1e-10,
    20,
    -20,
    80,
    -80,
    100,
    -100
  };

  private Specials() {}

  /**
   * Of a floating type: NaN, infinities, both zeros, subnormal, tiny and huge numbers, and ordinary
   * ones.
   */
  public static double[] of(DType dtype) {
    boolean single = dtype == DType.FLOAT32;
    double least = single ? Float.MIN_VALUE : Double.MIN_VALUE;
    double normal = single ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    double huge = single ? Float.MAX_VALUE : Double.MAX_VALUE;
    double next = single ? 1 + 0x1p-23 : 1 + 0x1p-52;
    DoubleStream edges =
        DoubleStream.of(
            least, -least, 5 * least, normal, -normal, normal / 4, huge, -huge, next, -next);
    return DoubleStream.concat(DoubleStream.of(COMMON).map(v -> single ? (float) v : v), edges)
        .toArray();
  }
}
