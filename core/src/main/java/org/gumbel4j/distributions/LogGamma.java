package org.gumbel4j.distributions;

import org.gumbel4j.tensor.Tensor;

/**
 * log Γ(x) for x &gt; 0, in tensor operations, so that it has derivatives of every order. An
 * argument below 8 is shifted up by Γ(x) = Γ(x + 8) / (x (x + 1) ⋯ (x + 7)); from there Stirling's
 * series with seven terms is off by less than 10⁻¹⁵.
 */
final class LogGamma {
  private static final int SHIFT = 8;
  private static final double HALF_LOG_TWO_PI = 0.918938533204672741780329736406;

  /** B(2k) / (2k (2k − 1)), the coefficients of z^(1 − 2k), k = 1, …, 7. */
  private static final double[] STIRLING = {
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
  };

  private LogGamma() {}

  static Tensor of(Tensor x) {
    Tensor large = x.ge(SHIFT);
    Tensor z = Tensor.where(large, x, x.add(SHIFT));
    Tensor inverse = z.reciprocal();
    Tensor square = inverse.mul(inverse);
    Tensor series = square.mul(STIRLING[STIRLING.length - 1]);
    for (int k = STIRLING.length - 2; k > 0; k--) {
      series = series.add(STIRLING[k]).mul(square);
    }
    Tensor stirling =
        z.sub(0.5)
            .mul(z.log())
            .sub(z)
            .add(HALF_LOG_TWO_PI)
            .add(series.add(STIRLING[0]).mul(inverse));
    return stirling.sub(logOfProduct(large, x));
  }

  /** log x (x + 1) ⋯ (x + 7) where x was shifted, else 0. */
  private static Tensor logOfProduct(Tensor large, Tensor x) {
    Tensor small = Tensor.where(large, x.onesLike(), x);
    Tensor product = small;
    for (int i = 1; i < SHIFT; i++) {
      product = product.mul(small.add(i));
    }
    return Tensor.where(large, x.zerosLike(), product.log());
  }
}
