package org.gumbel4j.estimators.diagnostics;

import java.util.EnumMap;
import java.util.Map;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Target;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/**
 * Measures estimators of a gradient against the gradient: bias, variance, direction, cost.
 *
 * <pre>{@code
 * EstimatorDiagnostics problem = EstimatorDiagnostics.of(logits, f).withDraws(100_000);
 * EstimatorMeasurement reinmax = problem.measure(Estimators.named("reinmax"), Key.of(1));
 * reinmax.biasRatio();                       // ‖E ĝ − g‖ / ‖g‖, with a confidence interval
 * reinmax.relativeStandardDeviation();
 * }</pre>
 *
 * <p>Draws are an axis of the batch: many estimates are made by one surrogate. Chunks of draws run
 * on several threads, each with a key of its own, and are merged in their order: the same key gives
 * the same numbers, with any number of threads. The objective is asked from several threads at
 * once.
 *
 * <p>An {@link org.gumbel4j.estimators.AdaptiveEstimator} learns for as many steps as {@link
 * #withWarmUp} says, each on a chunk of draws, and is measured with the state it has then.
 *
 * @since 0.1
 */
@SuppressWarnings("try") // scopes are there for what they close
public final class EstimatorDiagnostics {
  /** Numbers in flight for each operation of a chunk: enough to amortise calls, and in cache. */
  private static final double CHUNK_NUMBERS = 1 << 16;

  /**
   * Draws of an event that make the mean of what hangs on it, in its own standard errors, nearly
   * normal: with 25, a mean of too few events has so small a standard error that the false alarms
   * of a level of 10⁻⁷ are a thousand times as many.
   */
  private static final double SEEN_OFTEN = 400;

  private final Tensor logits;
  private final ObjectiveFunction objective;
  private final Map<Target, ExactReference> known;
  private final Options options;

  /** The numbers that a user may set; 0 rows: as many as are good. */
  private record Options(long draws, int warmUp, int threads, int rows, double confidence) {}

  private EstimatorDiagnostics(
      Tensor logits,
      ObjectiveFunction objective,
      Map<Target, ExactReference> known,
      Options options) {
    this.logits = logits;
    this.objective = objective;
    this.known = known;
    this.options = options;
  }

  /**
   * A problem: 10,000 draws on all processors, no warm-up, intervals of 95 % confidence.
   *
   * @param logits θ [batch…, N, K], constant; the gradient of the sum over the batch is meant
   * @param f the objective, which several threads may ask at once
   * @throws IllegalArgumentException if the logits are not of that form
   */
  public static EstimatorDiagnostics of(Tensor logits, ObjectiveFunction f) {
    FactorisedLatents.of("EstimatorDiagnostics", logits);
    int threads = Runtime.getRuntime().availableProcessors();
    return new EstimatorDiagnostics(
        logits.stopGradient(), f, Map.of(), new Options(10_000, 0, threads, 0, 0.95));
  }

  /**
   * With the exact gradient of a target given, where it is known in another way than by
   * enumeration, or to enumerate but once: {@code problem.withExact(t, problem.exact(estimator))}.
   *
   * @throws IllegalArgumentException if the gradient has not as many entries as the logits
   */
  public EstimatorDiagnostics withExact(Target target, ExactReference exact) {
    if (exact.size() != logits.size()) {
      throw new IllegalArgumentException(
          "EstimatorDiagnostics: the exact gradient has "
              + exact.size()
              + " entries, the logits "
              + logits.shape()
              + " have "
              + logits.size());
    }
    Map<Target, ExactReference> more = new EnumMap<>(Target.class);
    more.putAll(known);
    more.put(target, exact);
    return new EstimatorDiagnostics(logits, objective, Map.copyOf(more), options);
  }

  /**
   * With another number of estimates.
   *
   * @throws IllegalArgumentException if there are fewer than 64, too few for intervals
   */
  public EstimatorDiagnostics withDraws(long draws) {
    require(draws >= 2 * Draws.GROUPS, "draws", draws, "at least " + 2 * Draws.GROUPS);
    return with(
        new Options(draws, options.warmUp, options.threads, options.rows, options.confidence));
  }

  /**
   * With steps in which adaptive estimators learn before they are measured; others have none.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public EstimatorDiagnostics withWarmUp(int steps) {
    require(steps >= 0, "warm-up steps", steps, "at least 0");
    return with(
        new Options(options.draws, steps, options.threads, options.rows, options.confidence));
  }

  /**
   * With a number of threads; it changes no number.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public EstimatorDiagnostics withThreads(int threads) {
    require(threads >= 1, "threads", threads, "at least 1");
    return with(
        new Options(options.draws, options.warmUp, threads, options.rows, options.confidence));
  }

  /**
   * With a number of estimates made at once; it decides which random numbers each gets.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public EstimatorDiagnostics withRowsAtOnce(int rows) {
    require(rows >= 1, "rows at once", rows, "at least 1");
    return with(
        new Options(options.draws, options.warmUp, options.threads, rows, options.confidence));
  }

  /**
   * With intervals that hold the truth with another probability.
   *
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public EstimatorDiagnostics withConfidence(double confidence) {
    require(confidence > 0 && confidence < 1, "confidence", confidence, "between 0 and 1");
    return with(
        new Options(options.draws, options.warmUp, options.threads, options.rows, confidence));
  }

  /**
   * The gradient that an estimator estimates, by enumeration unless it was given.
   *
   * @throws IllegalArgumentException if there are too many values to enumerate, or the estimator's
   *     target is not one that is enumerated here; {@link #withExact} is the way out of both
   */
  public ExactReference exact(GradientEstimator estimator) {
    EstimatorTraits traits = estimator.traits();
    ExactReference given = known.get(traits.target());
    if (given != null) {
      return given;
    }
    return switch (traits.target()) {
      case EXPECTATION -> ExactReferences.expectation(logits, objective);
      case MULTI_SAMPLE_BOUND -> ExactReferences.multiSampleBound(logits, objective, traits);
      case SUBSET_EXPECTATION -> ExactReferences.subsets(logits, objective, traits);
      case PERTURBED_MAXIMISER ->
          throw new IllegalArgumentException(
              "EstimatorDiagnostics: '"
                  + traits.name()
                  + "' estimates the gradient of "
                  + traits.target()
                  + ", which is not enumerated here; give its exact gradient by withExact");
    };
  }

  /**
   * Measures an estimator.
   *
   * @param key the same key gives the same numbers, but for the time
   * @throws IllegalArgumentException as {@link #exact}, and as the estimator's surrogate
   */
  public EstimatorMeasurement measure(GradientEstimator estimator, Key key) {
    ExactReference exact = exact(estimator);
    EstimatorTraits traits = estimator.traits();
    CountedObjective counted = new CountedObjective(objective, logits);
    // Without noise all draws are one; the fewest that there must be are enough.
    long draws = traits.bias() == Bias.EXACT ? 2 * Draws.GROUPS : options.draws;
    try (Scope scope = logits.device().openScope()) {
      int rows = (int) Math.min((double) draws, rows(traits));
      boolean[] comparable = comparable(traits, draws);
      double[] direction = exact.direction(comparable);
      DrawMaker maker =
          DrawMaker.of(
              estimator, logits, counted, rows, draws, exact, direction, key, options.warmUp);
      DrawMaker.Total total = maker.all(options.threads);
      return new EstimatorMeasurement(
          traits,
          exact,
          comparable,
          logits.dtype(),
          options.confidence,
          total.draws(),
          total.medianSeconds() / rows,
          maker.evaluationsPerEstimate());
    }
  }

  /** Whether each class is common enough, and its absence too, for a mean to be normal. */
  private boolean[] comparable(EstimatorTraits traits, long draws) {
    double[] probs =
        ExactReferences.doubles(FactorisedLatents.of("EstimatorDiagnostics", logits).probs());
    boolean[] common = new boolean[probs.length];
    for (int i = 0; i < probs.length; i++) {
      // What cannot happen at all has a gradient of 0, which must be met.
      double rarer = Math.min(probs[i], 1 - probs[i]);
      boolean noChance = traits.bias() == Bias.EXACT || probs[i] == 0;
      common[i] = noChance || draws * rarer >= SEEN_OFTEN;
    }
    return common;
  }

  private double rows(EstimatorTraits traits) {
    if (options.rows > 0) {
      return options.rows;
    }
    double evaluations =
        traits.bias() == Bias.EXACT
            ? FactorisedLatents.of("EstimatorDiagnostics", logits).stateCount()
            : Math.max(1, traits.cost().evaluations());
    return Math.max(1, Math.floor(CHUNK_NUMBERS / (logits.size() * evaluations)));
  }

  private EstimatorDiagnostics with(Options other) {
    return new EstimatorDiagnostics(logits, objective, known, other);
  }

  private static void require(boolean condition, String what, Object value, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(
          "EstimatorDiagnostics: " + what + " = " + value + " must be " + expected);
    }
  }
}
