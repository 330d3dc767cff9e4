package org.gumbel4j.cpu;

/**
 * How {@link GumbelSampler} makes a distribution of logits.
 *
 * @param temperature τ, in single precision
 * @param topK how many of the largest remain; {@link Integer#MAX_VALUE} for all
 * @param topP the nucleus's share; 1 for all
 * @param minP the least share of the largest probability; 0 for any
 * @param temperatureLast whether filters look at the logits before the temperature
 * @param inverse whether one uniform variate decides, rather than a Gumbel variate for each class
 */
record SamplerOptions(
    float temperature,
    int topK,
    double topP,
    double minP,
    boolean temperatureLast,
    boolean inverse) {
  private static final int ALL = Integer.MAX_VALUE;

  static final SamplerOptions NONE = new SamplerOptions(1, ALL, 1, 0, false, false);

  SamplerOptions withTemperature(double t) {
    if (!(t >= 0 && t <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "GumbelSampler.temperature: "
              + t
              + " is no temperature; it must be finite and at least 0, and 0 takes the largest"
              + " logit");
    }
    // What single precision would call 0 is still no command to take the first of equal logits.
    float rounded = t > 0 ? Math.max((float) t, Float.MIN_VALUE) : 0f;
    return new SamplerOptions(rounded, topK, topP, minP, temperatureLast, inverse);
  }

  SamplerOptions withTopK(int k) {
    if (k < 0) {
      throw new IllegalArgumentException(
          "GumbelSampler.topK: k is " + k + "; it must be at least 1, or 0 for no such filter");
    }
    return new SamplerOptions(temperature, k == 0 ? ALL : k, topP, minP, temperatureLast, inverse);
  }

  SamplerOptions withTopP(double p) {
    if (!(p > 0 && p <= 1)) {
      throw new IllegalArgumentException(
          "GumbelSampler.topP: p is " + p + "; it must lie in (0, 1], and 1 keeps every class");
    }
    return new SamplerOptions(temperature, topK, p, minP, temperatureLast, inverse);
  }

  SamplerOptions withMinP(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          "GumbelSampler.minP: p is " + p + "; it must lie in [0, 1], and 0 keeps every class");
    }
    return new SamplerOptions(temperature, topK, topP, p, temperatureLast, inverse);
  }

  SamplerOptions withTemperatureLast(boolean last) {
    return new SamplerOptions(temperature, topK, topP, minP, last, inverse);
  }

  SamplerOptions withInverse(boolean on) {
    return new SamplerOptions(temperature, topK, topP, minP, temperatureLast, on);
  }

  /** Whether there is nothing to draw. */
  boolean isGreedy() {
    return temperature == 0;
  }

  /** Applies the filters to an open row. */
  void filter(LogitRow row) {
    double t = temperatureLast ? 1 : temperature;
    if (topK < row.n) {
      row.keepTop(topK);
    }
    if (topP < 1 && t > 0) {
      row.keepMass(topP, t);
    }
    if (minP > 0 && t > 0) {
      row.keepNear(t * StrictMath.log(minP));
    }
  }

  @Override
  public String toString() {
    return "temperature "
        + temperature
        + (topK < ALL ? ", top-k " + topK : "")
        + (topP < 1 ? ", top-p " + topP : "")
        + (minP > 0 ? ", min-p " + minP : "")
        + (temperatureLast ? ", temperature last" : "")
        + (inverse ? ", inverse transform" : "");
  }
}
