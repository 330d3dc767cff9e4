package org.gumbel4j.estimators;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** The subsets of k of K classes in lexicographic order, for one variable and for all. */
final class KSubsets {
  private final FactorisedLatents latents;
  private final int k;

  private KSubsets(FactorisedLatents latents, int k) {
    this.latents = latents;
    this.k = k;
  }

  static KSubsets of(FactorisedLatents latents, int k) {
    return new KSubsets(latents, k);
  }

  /** C, the number of subsets of one variable. */
  double count() {
    double count = 1;
    for (int i = 0; i < k; i++) {
      count = Math.rint(count * (double) (latents.classes() - i) / (i + 1));
    }
    return count;
  }

  /** Cᴺ. */
  double stateCount() {
    return Math.pow(count(), (double) latents.variables());
  }

  private List<int[]> all() {
    List<int[]> all = new ArrayList<>();
    int[] chosen = new int[k];
    for (int i = 0; i < k; i++) {
      chosen[i] = i;
    }
    int classes = Math.toIntExact(latents.classes());
    while (true) {
      all.add(chosen.clone());
      int last = k - 1;
      while (last >= 0 && chosen[last] == classes - k + last) {
        last--;
      }
      if (last < 0) {
        return all;
      }
      chosen[last]++;
      for (int i = last + 1; i < k; i++) {
        chosen[i] = chosen[i - 1] + 1;
      }
    }
  }

  /** INT64 [C, 1…, 1, k], with an axis of 1 for every axis of the batch and for the variables. */
  Tensor indices() {
    List<int[]> all = all();
    long[] values = new long[all.size() * k];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(i / k)[i % k];
    }
    Shape shape = Shape.of(all.size()).concat(ones(latents.batchShape().rank() + 1));
    return latents.logits().device().tensor(values, shape.concat(Shape.of(k)).toArray());
  }

  /** k-hot values of all variables [Cᴺ, 1…, N, K], the first variable slowest. */
  Tensor states() {
    List<int[]> all = all();
    int n = Math.toIntExact(latents.variables());
    int classes = Math.toIntExact(latents.classes());
    int count = (int) stateCount();
    double[] values = new double[Math.multiplyExact(count, Math.multiplyExact(n, classes))];
    for (int s = 0; s < count; s++) {
      int rest = s;
      for (int i = n - 1; i >= 0; i--) {
        for (int c : all.get(rest % all.size())) {
          values[(s * n + i) * classes + c] = 1;
        }
        rest /= all.size();
      }
    }
    Shape shape = Shape.of(count).concat(ones(latents.batchShape().rank()));
    Tensor logits = latents.logits();
    return logits
        .device()
        .tensor(values, logits.dtype(), shape.concat(Shape.of(n, classes)).toArray());
  }

  private static Shape ones(int rank) {
    Shape shape = Shape.SCALAR;
    while (shape.rank() < rank) {
      shape = shape.withInserted(0, 1);
    }
    return shape;
  }
}
