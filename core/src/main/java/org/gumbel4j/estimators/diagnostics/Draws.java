package org.gumbel4j.estimators.diagnostics;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The moments of estimates of a gradient and of what is made of each one, dealt out in turn to a
 * few groups, whose scatter tells how far a statistic of all is off (the jackknife).
 */
final class Draws {
  /** As few as give a standard error that is known to an eighth. */
  static final int GROUPS = 32;

  /** After the entries of the gradient, each draw has these. */
  static final int VALUE = 0;

  /** ⟨ĝ, g⟩/‖g‖, entries that are not comparable taken as 0 in g. */
  static final int PROJECTION = 1;

  /** ⟨ĝ, g⟩/(‖ĝ‖‖g‖); 0 for an estimate of zero, which has no direction. */
  static final int COSINE = 2;

  /** ‖ĝ − g‖². */
  static final int SQUARED_ERROR = 3;

  /** ‖ĝ‖². */
  static final int SQUARED_NORM = 4;

  private static final int EXTRA = 5;

  private final ExactReference exact;
  private final double[] direction;

  /** Made when the first draw comes: a chunk of few draws of a large gradient fills few. */
  private final @Nullable Moments[] groups = new @Nullable Moments[GROUPS];

  private final double[] row;

  /**
   * None so far.
   *
   * @param direction what estimates are projected on, of length 1
   */
  Draws(ExactReference exact, double[] direction) {
    this.exact = exact;
    this.direction = direction;
    row = new double[exact.size() + EXTRA];
  }

  /**
   * Adds an estimate.
   *
   * @param number of the draw, which decides on its group
   * @param gradients holds the estimate from {@code offset} on
   * @param value of the surrogate
   */
  void add(long number, double[] gradients, int offset, double value) {
    int size = exact.size();
    double inner = 0;
    double projection = 0;
    double own = 0;
    double error = 0;
    for (int i = 0; i < size; i++) {
      double g = gradients[offset + i];
      double d = g - exact.gradient(i);
      row[i] = g;
      inner += g * exact.gradient(i);
      projection += g * direction[i];
      own += g * g;
      error += d * d;
    }
    row[size + VALUE] = value;
    row[size + PROJECTION] = projection;
    row[size + COSINE] = inner == 0 ? 0 : inner / (Math.sqrt(own) * exact.norm());
    row[size + SQUARED_ERROR] = error;
    row[size + SQUARED_NORM] = own;
    group((int) (number % GROUPS)).add(row);
  }

  void merge(Draws other) {
    for (int i = 0; i < GROUPS; i++) {
      Moments theirs = other.groups[i];
      if (theirs != null) {
        group(i).merge(theirs);
      }
    }
  }

  private Moments group(int i) {
    Moments group = groups[i];
    if (group == null) {
      group = new Moments(row.length);
      groups[i] = group;
    }
    return group;
  }

  Moments[] groups() {
    return IntStream.range(0, GROUPS).mapToObj(this::group).toArray(Moments[]::new);
  }

  /** Numbers kept of a draw. */
  int length() {
    return row.length;
  }

  /** All groups together: the gradient's entries, then those by the constants of this class. */
  Moments all() {
    return Moments.merged(groups(), row.length);
  }
}
