package org.gumbel4j.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gumbel4j.cpu.kernels.KernelChoice;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernels;

/** Samplers with either kernels, logits to try them on, and what they should do, the long way. */
final class SamplerCase {
  private SamplerCase() {}

  /** With plain loops everywhere, and, where the Vector API is there, with registers. */
  static List<GumbelSampler> samplers() {
    List<GumbelSampler> samplers = new ArrayList<>();
    samplers.add(sampler("scalar"));
    if (KernelChoice.refusal("vector").isEmpty()) {
      samplers.add(sampler("vector"));
    }
    return samplers;
  }

  private static GumbelSampler sampler(String kernels) {
    return GumbelSampler.of(
        SamplerWorkspace.of(
            KernelChoice.choose(Optional.of(kernels)).sampling(),
            kernels.equals("scalar") ? NoiseKernels.scalar() : NoiseKernels.best()));
  }

  /** Logits N(0, spread²). */
  static float[] logits(long seed, int n, double spread) {
    float[] logits = Key.of(seed).floats(Noise.NORMAL, n);
    for (int i = 0; i < n; i++) {
      logits[i] *= (float) spread;
    }
    return logits;
  }

  /** Few different values, so that there are ties. */
  static float[] tied(long seed, int n, int values) {
    long[] integers = Key.of(seed).integers(0, values, n);
    float[] logits = new float[n];
    for (int i = 0; i < n; i++) {
      logits[i] = integers[i] * 0.5f;
    }
    return logits;
  }

  /** Logits with −∞ where a filter or mask takes a class out: by sorting everything, in double. */
  static float[] filtered(float[] logits, double temperature, int k, double p, double minP) {
    int n = logits.length;
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    float least = Float.NEGATIVE_INFINITY;
    float[] sorted = logits.clone();
    Arrays.sort(sorted);
    if (k < n) {
      least = sorted[n - k];
    }
    double total = 0;
    for (float logit : logits) {
      total += logit >= least ? Math.exp(((double) logit - max) / temperature) : 0;
    }
    double share = 0;
    for (int i = n - 1; i >= 0 && p < 1; i--) {
      if (share >= p * total) {
        least = Math.max(least, sorted[i + 1]);
        break;
      }
      share += Math.exp(((double) sorted[i] - max) / temperature);
    }
    float[] out = logits.clone();
    for (int i = 0; i < n; i++) {
      boolean near = ((double) logits[i] - max) / temperature >= Math.log(minP);
      if (!(logits[i] >= least && near)) {
        out[i] = Float.NEGATIVE_INFINITY;
      }
    }
    return out;
  }

  /** The classes in descending order of (l − shift)/τ + G, those of −∞ left out. */
  static int[] order(float[] logits, float temperature, Key key, long position) {
    int n = logits.length;
    float[] z = new float[n];
    key.fill(Noise.GUMBEL, position * n, z, 0, n);
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    List<Integer> classes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      z[i] += temperature == 1 ? logits[i] : (logits[i] - max) / temperature;
      if (z[i] > Float.NEGATIVE_INFINITY) {
        classes.add(i);
      }
    }
    // The sort is stable: of equal sums the first class comes first.
    classes.sort(Comparator.comparingDouble(i -> -z[i]));
    return classes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** ln softmax(logits/τ), in double. */
  static double[] logProbs(float[] logits, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((logit - max) / temperature);
    }
    double[] out = new double[logits.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (logits[i] - max) / temperature - Math.log(sum);
    }
    return out;
  }
}
