package org.gumbel4j.distributions;

import java.util.function.UnaryOperator;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/**
 * The set in which a distribution's values lie.
 *
 * <p>The constants cover the distributions of this package; {@link #of} makes one of your own.
 * Membership is decided with tolerance where values are sums of rounded numbers: 10⁻⁶ in FLOAT64,
 * 10⁻⁴ in FLOAT32. NaN lies in none of these sets. Immutable.
 *
 * @since 0.1
 */
public final class Support {
  private static final double DOUBLE_TOLERANCE = 1e-6;
  private static final double FLOAT_TOLERANCE = 1e-4;

  /** The finite numbers. */
  public static final Support REAL = of("a finite number", 0, Tensor::isFinite);

  /** The finite numbers above 0. */
  public static final Support POSITIVE =
      of("a positive, finite number", 0, x -> x.gt(0).and(x.isFinite()));

  /** The interval [0, 1], its ends included, where rounding may put a sample. */
  public static final Support UNIT_INTERVAL =
      of("a number in [0, 1]", 0, x -> x.ge(0).and(x.le(1)));

  /** The numbers 0 and 1. */
  public static final Support BOOLEAN = of("0 or 1", 0, x -> x.eq(0).or(x.eq(1)));

  /** Vectors of numbers that are not negative and sum to 1; vertices and faces are included. */
  public static final Support SIMPLEX =
      of(
          "a point of the simplex: no entry negative, sum 1",
          1,
          x -> every(x.ge(0)).and(near(x.sum(new int[] {-1}, false), 1)));

  /** Logarithms of {@link #SIMPLEX} points: log Σ e^x = 0. An entry of −∞ is a class left out. */
  public static final Support LOG_SIMPLEX =
      of(
          "the logarithm of a point of the simplex: log-sum-exp 0",
          1,
          x -> near(x.logSumExp(-1), 0));

  /** Vectors with a single 1 and 0 elsewhere. */
  public static final Support ONE_HOT =
      of(
          "a one-hot vector",
          1,
          x -> every(x.eq(0).or(x.eq(1))).and(x.sum(new int[] {-1}, false).eq(1)));

  /** Matrices whose rows are points of the simplex. */
  public static final Support ROW_STOCHASTIC =
      of("a matrix of numbers in [0, 1] with rows that sum to 1", 2, x -> stochastic(x, -1));

  /** Matrices whose columns are points of the simplex. */
  public static final Support COLUMN_STOCHASTIC =
      of("a matrix of numbers in [0, 1] with columns that sum to 1", 2, x -> stochastic(x, -2));

  /** Matrices of zeros and ones with a single 1 in each row and each column. */
  public static final Support PERMUTATION_MATRIX =
      of(
          "a permutation matrix",
          2,
          x ->
              every(every(x.eq(0).or(x.eq(1))))
                  .and(every(x.sum(new int[] {-1}, false).eq(1)))
                  .and(every(x.sum(new int[] {-2}, false).eq(1))));

  private final String description;
  private final int eventRank;
  private final UnaryOperator<Tensor> test;

  private Support(String description, int eventRank, UnaryOperator<Tensor> test) {
    this.description = description;
    this.eventRank = eventRank;
    this.test = test;
  }

  /**
   * A set of one's own.
   *
   * @param description what a member is, to follow "it must be" in an error
   * @param eventRank how many of a value's last axes make one member
   * @param test from a value to a BOOL tensor of its shape without those axes, false for NaN
   */
  public static Support of(String description, int eventRank, UnaryOperator<Tensor> test) {
    return new Support(description, eventRank, test);
  }

  /** The whole numbers 0, …, count − 1, of type INT64. */
  public static Support integers(long count) {
    return of("an integer from 0 to " + (count - 1), 0, x -> x.ge(0).and(x.lt((double) count)));
  }

  /**
   * Lists of k different whole numbers from 0, …, count − 1, of type INT64, in any order: with k =
   * count, the permutations.
   */
  public static Support distinct(long k, long count) {
    return of(
        k + " different integers from 0 to " + (count - 1), 1, x -> Indexed.areDistinct(x, count));
  }

  /** Vectors of numbers in [0, 1] that sum to k: relaxed subsets of k elements. */
  public static Support cappedSimplex(long k) {
    return of(
        "a vector of numbers in [0, 1] with sum " + k,
        1,
        x ->
            every(x.ge(0).and(x.le(1))).and(near(x.sum(new int[] {-1}, false).div((double) k), 1)));
  }

  /** Vectors of numbers that are not negative and sum to k. */
  public static Support nonNegativeWithSum(long k) {
    return of(
        "a vector of numbers that are not negative, with sum " + k,
        1,
        x -> every(x.ge(0)).and(near(x.sum(new int[] {-1}, false).div((double) k), 1)));
  }

  /** Vectors of whole numbers, of a floating type, that are not negative and sum to a total. */
  public static Support counts(long total) {
    return of(
        "a vector of whole numbers that are not negative, with sum " + total,
        1,
        x ->
            every(x.ge(0).and(x.cast(DType.INT64).cast(x.dtype()).eq(x)))
                .and(x.sum(new int[] {-1}, false).eq((double) total)));
  }

  /**
   * Which members of a value lie in the set.
   *
   * @return BOOL, of the value's shape without the axes of the event; no gradient
   * @throws IllegalArgumentException if the value has fewer axes than an event
   */
  public Tensor check(Tensor value) {
    if (value.rank() < eventRank) {
      throw new IllegalArgumentException(
          "Support.check: the value "
              + value.shape()
              + " needs at least "
              + eventRank
              + " axes, to be "
              + description);
    }
    return test.apply(value.stopGradient());
  }

  /** How many of a value's last axes make one member. */
  public int eventRank() {
    return eventRank;
  }

  void require(String operation, Tensor value) {
    Validity.require(operation, "the value", value, check(value), eventRank, description);
  }

  /** What a member is. */
  @Override
  public String toString() {
    return description;
  }

  private static Tensor stochastic(Tensor x, int axis) {
    return every(every(x.ge(0).and(x.le(1)))).and(every(near(x.sum(new int[] {axis}, false), 1)));
  }

  private static Tensor every(Tensor condition) {
    return condition.cast(DType.INT64).min(new int[] {-1}, false).eq(1);
  }

  private static Tensor near(Tensor x, double target) {
    return x.sub(target).abs().le(x.dtype() == DType.FLOAT64 ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE);
  }
}
