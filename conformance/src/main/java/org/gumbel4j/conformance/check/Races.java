package org.gumbel4j.conformance.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sampling without replacement by enumeration, in plain Java. */
public final class Races {
  private Races() {}

  /** e^θ / Σ e^θ. */
  public static double[] probabilities(double... logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    double[] p = new double[logits.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i] - max);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** All sequences of k different numbers below n, in lexicographic order. */
  public static List<int[]> sequences(int n, int k) {
    List<int[]> result = new ArrayList<>();
    extend(new int[0], n, k, false, result);
    return result;
  }

  /** All sets of k numbers below n, each rising. */
  public static List<int[]> subsets(int n, int k) {
    List<int[]> result = new ArrayList<>();
    extend(new int[0], n, k, true, result);
    return result;
  }

  private static void extend(int[] start, int n, int k, boolean rising, List<int[]> result) {
    if (start.length == k) {
      result.add(start);
      return;
    }
    for (int i = 0; i < n; i++) {
      boolean fits = !rising || start.length == 0 || i > start[start.length - 1];
      for (int taken : start) {
        fits &= taken != i;
      }
      if (fits) {
        int[] longer = Arrays.copyOf(start, start.length + 1);
        longer[start.length] = i;
        extend(longer, n, k, rising, result);
      }
    }
  }

  /**
   * The probability that the first ones drawn are these, in this order: each weight over the sum of
   * those that are left, added up without cancellation.
   */
  public static double ordered(double[] weights, int... sequence) {
    boolean[] gone = new boolean[weights.length];
    double probability = 1;
    for (int i : sequence) {
      double left = 0;
      for (int j = 0; j < weights.length; j++) {
        left += gone[j] ? 0 : weights[j];
      }
      probability *= weights[i] / left;
      gone[i] = true;
    }
    return probability;
  }

  /**
   * The probability that the set is drawn first, in whatever order: the sum over its orders, by the
   * last one drawn of each of its subsets.
   */
  public static double unordered(double[] weights, int... set) {
    double rest = 0;
    for (int j = 0; j < weights.length; j++) {
      boolean inside = false;
      for (int s : set) {
        inside |= s == j;
      }
      rest += inside ? 0 : weights[j];
    }
    int k = set.length;
    double[] reached = new double[1 << k];
    reached[0] = 1;
    for (int state = 1; state < reached.length; state++) {
      for (int i = 0; i < k; i++) {
        if ((state >> i & 1) == 1) {
          int before = state ^ 1 << i;
          double left = rest;
          for (int j = 0; j < k; j++) {
            left += (before >> j & 1) == 1 ? 0 : weights[set[j]];
          }
          reached[state] += reached[before] * weights[set[i]] / left;
        }
      }
    }
    return reached[reached.length - 1];
  }
}
