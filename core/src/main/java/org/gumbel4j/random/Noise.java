package org.gumbel4j.random;

/**
 * The shapes that randomness comes in: the standard distributions whose samples are frozen to the
 * bit.
 *
 * <p>Each is a fixed function of one 32-bit word (float) or one 64-bit word (double) of a {@link
 * Key}'s sequence, computed by additions, multiplications, divisions, square roots and fused
 * multiply-adds alone, in a stated order, so that no mathematics library can change a sample.
 * Different kinds drawn at the same index of the same key come from the same word and are therefore
 * <em>dependent</em>: take a child key for each use.
 */
public enum Noise {
  /**
   * Uniform on the open interval (0, 1): never 0, never 1, and fine where it matters, near 0. The
   * smallest value is 2<sup>−33</sup> in float and 2<sup>−65</sup> in double; the largest is the
   * last number below 1.
   */
  UNIFORM,

  /**
   * Exponential with rate 1: E = −log(1 − V) for the uniform V of the same word, so that small
   * values, the ones that win an exponential race, have full relative accuracy. The largest value
   * is 16.64 in float and 36.74 in double, where 1 − V has run out of digits.
   */
  EXPONENTIAL,

  /**
   * Standard Gumbel: G = −log(−log(1 − V)) for the uniform V of the same word. Its right tail, the
   * one that decides an arg max, reaches 22.87 in float and 45.05 in double; the left end is −2.81
   * and −3.60.
   */
  GUMBEL,

  /**
   * Standard logistic: ±log((1 − V)/V) with a sign bit and V in (0, ½) from the remaining bits, so
   * that both tails are equally fine. It reaches ±22.87 in float and ±45.05 in double, and is never
   * zero.
   */
  LOGISTIC,

  /**
   * Standard normal: a sign bit and Wichura's quantile function (Algorithm AS 241, Applied
   * Statistics 37, 1988) of V in (0, ½), evaluated in double and, for floats, rounded once. It
   * reaches ±6.34 in float and ±9.16 in double.
   */
  NORMAL
}
