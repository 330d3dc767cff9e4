package org.gumbel4j.benchmarks;

import java.util.Locale;
import org.gumbel4j.cpu.GumbelSampler;
import org.gumbel4j.random.Key;

/**
 * Whether rare classes come as often as they should: one class of logit 20.5 beside 262,144 of
 * logit 0, 100,000 draws. Half a minute. Ends with status 1 beyond three standard deviations, which
 * a right sampler does with one key in 370.
 *
 * <p>Arguments: the key's seed (default: 42), and {@code inverse} for inverse transform sampling.
 */
public final class SamplerTail {
  private static final int RARE = 262_144;
  private static final int DRAWS = 100_000;
  private static final double GAP = 20.5;

  private SamplerTail() {}

  /** Draws, and prints positions and classes of the rare ones, then their number. */
  public static void main(String[] arguments) {
    Key key = Key.of(arguments.length > 0 ? Long.parseLong(arguments[0]) : 42);
    boolean inverse = arguments.length > 1 && arguments[1].equals("inverse");
    GumbelSampler sampler = GumbelSampler.create().inverseTransform(inverse);
    float[] logits = new float[RARE + 1];
    logits[0] = (float) GAP;
    int hits = 0;
    for (int position = 0; position < DRAWS; position++) {
      int drawn = sampler.sample(logits, key, position);
      if (drawn != 0) {
        hits++;
        System.out.println("position " + position + ": class " + drawn);
      }
    }
    double p = RARE * Math.exp(-GAP) / (1 + RARE * Math.exp(-GAP));
    double expected = DRAWS * p;
    double z = (hits - expected) / Math.sqrt(expected * (1 - p));
    System.out.printf(
        Locale.ROOT, "%d draws of a rare class, %.1f expected: z = %+.2f%n", hits, expected, z);
    if (Math.abs(z) > 3) {
      System.exit(1);
    }
  }
}
