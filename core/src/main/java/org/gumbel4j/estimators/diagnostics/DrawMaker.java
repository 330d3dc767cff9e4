package org.gumbel4j.estimators.diagnostics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.AdaptiveEstimator;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Makes estimates, many at once, of one estimator at one place. */
@SuppressWarnings("try") // scopes are there for what they close
final class DrawMaker {
  /** A surrogate of given randomness. */
  @FunctionalInterface
  private interface Surrogate {
    Tensor of(Tensor logits, Key key);
  }

  /** All draws, and how long chunks of them took. */
  record Total(Draws draws, List<Double> seconds) {
    double medianSeconds() {
      double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }

  /** Some of the draws. */
  private record Chunk(Draws draws, double seconds) {}

  private final Tensor wide;
  private final Surrogate surrogate;
  private final CountedObjective counted;
  private final ExactReference exact;
  private final double[] direction;
  private final Key key;
  private final int rows;
  private final long draws;

  private DrawMaker(
      Tensor wide,
      Surrogate surrogate,
      CountedObjective counted,
      ExactReference exact,
      double[] direction,
      Key key,
      int rows,
      long draws) {
    this.wide = wide;
    this.surrogate = surrogate;
    this.counted = counted;
    this.exact = exact;
    this.direction = direction;
    this.key = key;
    this.rows = rows;
    this.draws = draws;
  }

  /**
   * Prepares the draws; an adaptive estimator learns first. What is made is the caller's scope's.
   */
  static DrawMaker of(
      GradientEstimator estimator,
      Tensor logits,
      CountedObjective counted,
      int rows,
      long draws,
      ExactReference exact,
      double[] direction,
      Key key,
      int warmUp) {
    Tensor wide = logits.broadcastTo(Shape.of(rows).concat(logits.shape()));
    Surrogate surrogate;
    if (estimator instanceof AdaptiveEstimator adaptive) {
      List<Tensor> state = learnt(adaptive, wide, counted, key, warmUp);
      surrogate = (x, k) -> adaptive.step(state, x, counted, k).surrogate();
    } else {
      surrogate = (x, k) -> estimator.surrogate(x, counted, k);
    }
    counted.reset();
    return new DrawMaker(wide, surrogate, counted, exact, direction, key, rows, draws);
  }

  private static List<Tensor> learnt(
      AdaptiveEstimator estimator, Tensor wide, CountedObjective f, Key key, int steps) {
    List<Tensor> state = estimator.start(wide, key.fold(0));
    for (int i = 1; i <= steps; i++) {
      try (Scope scope = wide.device().openScope()) {
        state = estimator.step(state, wide, f, key.fold(i)).state();
        state.forEach(scope::keep);
      }
    }
    return state;
  }

  /** Makes all of them. */
  Total all(int threads) {
    Draws all = new Draws(exact, direction);
    List<Double> seconds = new ArrayList<>();
    long chunks = (draws - 1) / rows + 1;
    OrderedTasks.run(
        threads,
        chunks,
        this::chunk,
        chunk -> {
          all.merge(chunk.draws());
          seconds.add(chunk.seconds());
        });
    return new Total(all, seconds);
  }

  /** Rows of f for each estimate and member of the batch, of what has been made. */
  double evaluationsPerEstimate() {
    double members = (double) wide.size() / (wide.shape().dim(-1) * wide.shape().dim(-2));
    long chunks = (draws - 1) / rows + 1;
    return counted.rows() / (members * chunks);
  }

  /** The last one is made whole, so that all have one shape; what is too much is left out. */
  private Chunk chunk(long number) {
    try (Scope scope = wide.device().openScope()) {
      long began = System.nanoTime();
      ValueAndGradient estimates =
          Autodiff.differentiate(
              p -> {
                Tensor values = surrogate.of(p.get(0), key.child(number));
                return Objective.of(values.sum(), values);
              },
              List.of(wide));
      double[] gradients = ExactReferences.doubles(estimates.gradient());
      double seconds = (System.nanoTime() - began) * 1e-9;
      double[] values = ExactReferences.doubles(estimates.auxiliary().get(0));
      return new Chunk(collect(number, gradients, values), seconds);
    }
  }

  private Draws collect(long number, double[] gradients, double[] values) {
    Draws part = new Draws(exact, direction);
    int batch = values.length / rows;
    long first = number * rows;
    int count = (int) Math.min(rows, draws - first);
    for (int i = 0; i < count; i++) {
      double value = Arrays.stream(values, i * batch, (i + 1) * batch).sum();
      part.add(first + i, gradients, i * exact.size(), value);
    }
    return part;
  }
}
