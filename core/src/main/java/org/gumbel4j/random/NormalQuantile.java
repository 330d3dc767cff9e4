package org.gumbel4j.random;

/**
 * The lower half of the standard normal's quantile function, by Wichura's Algorithm AS 241 (PPND16;
 * Applied Statistics 37, 1988), about one part in 10¹⁶: two rational functions of √(−ln v) in the
 * tail, one of v − ½ in the middle.
 */
final class NormalQuantile {
  private NormalQuantile() {}

  /**
   * The z ≤ 0 with Φ(z) = v, for v in (0, ½). The order of operations is part of the frozen
   * mapping.
   */
  static double lower(double v) {
    if (isCentral(v)) {
      return centre(v);
    }
    double r = Math.sqrt(DoubleNoise.minusLog(v));
    return (r <= 5) ? near(r) : -farTail(r - 5);
  }

  /** The quantile where r = √(−ln v) is at most 5. */
  static double near(double r) {
    return -tail(r - 1.6);
  }

  /** Whether a v lies where {@link #centre} is the quantile. */
  static boolean isCentral(double v) {
    return v - 0.5 >= -0.425;
  }

  /** The quantile near the median. */
  static double centre(double v) {
    double q = v - 0.5;
    return q * middle(Math.fma(-q, q, 0.180625));
  }

  private static double middle(double r) {
    double a = 2.5090809287301226727e3;
    a = Math.fma(a, r, 3.3430575583588128105e4);
    a = Math.fma(a, r, 6.7265770927008700853e4);
    a = Math.fma(a, r, 4.5921953931549871457e4);
    a = Math.fma(a, r, 1.3731693765509461125e4);
    a = Math.fma(a, r, 1.9715909503065514427e3);
    a = Math.fma(a, r, 1.3314166789178437745e2);
    a = Math.fma(a, r, 3.3871328727963666080e0);
    double b = 5.2264952788528545610e3;
    b = Math.fma(b, r, 2.8729085735721942674e4);
    b = Math.fma(b, r, 3.9307895800092710610e4);
    b = Math.fma(b, r, 2.1213794301586595867e4);
    b = Math.fma(b, r, 5.3941960214247511077e3);
    b = Math.fma(b, r, 6.8718700749205790830e2);
    b = Math.fma(b, r, 4.2313330701600911252e1);
    b = Math.fma(b, r, 1);
    return a / b;
  }

  private static double tail(double r) {
    double c = 7.74545014278341407640e-4;
    c = Math.fma(c, r, 2.27238449892691845833e-2);
    c = Math.fma(c, r, 2.41780725177450611770e-1);
    c = Math.fma(c, r, 1.27045825245236838258e0);
    c = Math.fma(c, r, 3.64784832476320460504e0);
    c = Math.fma(c, r, 5.76949722146069140550e0);
    c = Math.fma(c, r, 4.63033784615654529590e0);
    c = Math.fma(c, r, 1.42343711074968357734e0);
    double d = 1.05075007164441684324e-9;
    d = Math.fma(d, r, 5.47593808499534494600e-4);
    d = Math.fma(d, r, 1.51986665636164571966e-2);
    d = Math.fma(d, r, 1.48103976427480074590e-1);
    d = Math.fma(d, r, 6.89767334985100004550e-1);
    d = Math.fma(d, r, 1.67638483018380384940e0);
    d = Math.fma(d, r, 2.05319162663775882187e0);
    d = Math.fma(d, r, 1);
    return c / d;
  }

  private static double farTail(double r) {
    double e = 2.01033439929228813265e-7;
    e = Math.fma(e, r, 2.71155556874348757815e-5);
    e = Math.fma(e, r, 1.24266094738807843860e-3);
    e = Math.fma(e, r, 2.65321895265761230930e-2);
    e = Math.fma(e, r, 2.96560571828504891230e-1);
    e = Math.fma(e, r, 1.78482653991729133580e0);
    e = Math.fma(e, r, 5.46378491116411436990e0);
    e = Math.fma(e, r, 6.65790464350110377720e0);
    double f = 2.04426310338993978564e-15;
    f = Math.fma(f, r, 1.42151175831644588870e-7);
    f = Math.fma(f, r, 1.84631831751005468180e-5);
    f = Math.fma(f, r, 7.86869131145613259100e-4);
    f = Math.fma(f, r, 1.48753612908506148525e-2);
    f = Math.fma(f, r, 1.36929880922735805310e-1);
    f = Math.fma(f, r, 5.99832206555887937690e-1);
    f = Math.fma(f, r, 1);
    return e / f;
  }
}
