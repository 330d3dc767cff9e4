package org.gumbel4j.estimators;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * How likely it is that draws without replacement yield a set S, in any order, once some of it is
 * gone. With V(A) = P(the next draws are S∖A | A is gone),
 *
 * <pre>
 * V(S) = 1,   V(A) = Σ_{a ∈ S∖A} p(a)/m(A) · V(A ∪ a),   m(A) = p(S∖A) + p(all that is not in S)
 * </pre>
 *
 * <p>One sweep over the subsets, largest first, gives P(S) = V(∅) and every leave-one-out
 * probability. All terms are positive and nothing cancels; it costs k·2ᵏ, which is why sets are
 * small.
 *
 * @param all log V(∅), [rows]
 * @param one log V({s}), [k, rows]
 * @param two log V({s, t}), [k, k, rows]; anything where s = t
 */
record DrawOrders(Tensor all, Tensor one, Tensor two) {
  /** The largest set: beyond, 2ᵏ is no small number. */
  static final int LARGEST = 12;

  /**
   * Sweeps.
   *
   * @param logProbs log p of the members, [k, rows], finite, constant; 2 ≤ k ≤ {@value #LARGEST}
   * @param logRest log p(all that is not in S), [rows]; −∞ if there is nothing
   */
  static DrawOrders of(Tensor logProbs, Tensor logRest) {
    int k = Math.toIntExact(logProbs.shape().dim(0));
    long rows = logProbs.shape().dim(1);
    Tensor larger = logProbs.device().zeros(Shape.of(1, rows), logProbs.dtype());
    Tensor two = larger;
    Tensor one = larger;
    for (int gone = k - 1; gone >= 0; gone--) {
      larger = layer(k, gone, larger, logProbs, logRest);
      two = gone == 2 ? larger : two;
      one = gone == 1 ? larger : one;
    }
    return new DrawOrders(larger.select(0, 0), one, pairs(two, k));
  }

  /** V of all subsets of one size, of V of those that are larger by one: [subsets, rows]. */
  private static Tensor layer(int k, int gone, Tensor larger, Tensor logProbs, Tensor logRest) {
    List<Integer> subsets = subsets(k, gone);
    List<Integer> supersets = subsets(k, gone + 1);
    int left = k - gone;
    long[] members = new long[subsets.size() * left];
    long[] places = new long[members.length];
    int i = 0;
    for (int subset : subsets) {
      for (int a = 0; a < k; a++) {
        if ((subset >> a & 1) == 0) {
          members[i] = a;
          places[i++] = supersets.indexOf(subset | 1 << a);
        }
      }
    }
    Shape table = Shape.of(subsets.size(), left, logProbs.shape().dim(1));
    Tensor p = pick(logProbs, members).reshape(table);
    Tensor v = pick(larger, places).reshape(table);
    Tensor rest = logRest.broadcastTo(table.with(1, 1));
    Tensor mass = Tensor.concat(List.of(p, rest), 1).logSumExp(1);
    return p.add(v).logSumExp(1).sub(mass);
  }

  /** Rows of a table by their numbers: [numbers, rows]. */
  private static Tensor pick(Tensor table, long... numbers) {
    Device device = table.device();
    Shape shape = Shape.of(numbers.length, table.shape().dim(1));
    return table.gather(device.tensor(numbers, numbers.length, 1).broadcastTo(shape), 0);
  }

  private static Tensor pairs(Tensor two, int k) {
    List<Integer> subsets = subsets(k, 2);
    long[] places = new long[k * k];
    for (int s = 0; s < k; s++) {
      for (int t = 0; t < k; t++) {
        places[s * k + t] = s == t ? 0 : subsets.indexOf(1 << s | 1 << t);
      }
    }
    return pick(two, places).reshape(k, k, two.shape().dim(1));
  }

  /** The subsets of k things of one size, as bits, in ascending order. */
  private static List<Integer> subsets(int k, int size) {
    List<Integer> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << k; bits++) {
      if (Integer.bitCount(bits) == size) {
        subsets.add(bits);
      }
    }
    return subsets;
  }
}
