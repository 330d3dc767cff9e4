package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Requirement;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.UnsupportedCapabilityException;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Part of the chapter on estimators: every one that is found by name, in every form of logits that
 * it takes.
 */
abstract class EstimatorSection extends Chapter {
  /** The names of the estimators that are looked at, joined by commas; all where it is not set. */
  static final String ONLY = "gumbel4j.conformance.estimators";

  static final double MASK = Double.NEGATIVE_INFINITY;

  /**
   * An estimator and logits for it.
   *
   * @param logits of two variables, or one where it takes no more
   */
  record Case(GradientEstimator estimator, Tensor logits) {
    EstimatorTraits traits() {
      return estimator.traits();
    }

    @Override
    public String toString() {
      return traits().name() + " for logits " + logits.dtype() + logits.shape();
    }
  }

  static List<String> names() {
    String only = System.getProperty(ONLY, "");
    return only.isBlank() ? Estimators.names() : Arrays.asList(only.split(","));
  }

  /** How many variables an estimator is tried with. */
  static long variables(EstimatorTraits traits) {
    return traits.requirements().contains(Requirement.ONE_VARIABLE) ? 1 : 2;
  }

  /** The numbers of classes that an estimator is tried with. */
  static List<Long> classes(EstimatorTraits traits) {
    List<Long> classes = new ArrayList<>(List.of(2L));
    if (!traits.requirements().contains(Requirement.CATEGORICAL_VARIABLES)) {
      classes.add(0, 1L);
    }
    if (!traits.requirements().contains(Requirement.BINARY_VARIABLES)) {
      classes.add(3L);
    }
    return classes;
  }

  /**
   * Each estimator that matches, for each number of classes. One that needs what the backend does
   * not have is left out: another chapter sees to it that users are told so.
   */
  final void each(
      DType dtype, Shape batch, Predicate<GradientEstimator> match, Consumer<Case> rule) {
    for (String name : names()) {
      GradientEstimator estimator = Estimators.named(name);
      if (match.test(estimator)) {
        for (long k : classes(estimator.traits())) {
          Tensor logits = logits(batch, variables(estimator.traits()), k, dtype);
          run(() -> rule.accept(new Case(estimator, logits)));
        }
      }
    }
  }

  /** Runs something that may need an ability which the backend declares absent. */
  final void run(Runnable work) {
    try {
      inScope(
          () -> {
            work.run();
            return true;
          });
    } catch (UnsupportedCapabilityException e) {
      if (device().can(e.capability())) {
        throw e;
      }
    }
  }

  /** Logits between −1 and 1, every member of the batch with its own. */
  final Tensor logits(Shape batch, long variables, long classes, DType dtype) {
    Shape shape = batch.concat(Shape.of(variables, classes));
    double[] values = new double[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.cos(1 + 2.1 * i);
    }
    return tensor(values, dtype, shape.toArray());
  }

  /** t + 0.3 t² + tanh t of t = ⟨w, z⟩: smooth, of no finite degree, inside the simplex too. */
  final ObjectiveFunction objective(Tensor logits) {
    long n = logits.shape().dim(-2);
    long k = logits.shape().dim(-1);
    double[] weights = new double[Math.toIntExact(n * k)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.sin(1 + 1.7 * i);
    }
    Tensor w = tensor(weights, logits.dtype(), n, k);
    return z -> {
      Tensor t = z.mul(w).sum(-1, -2);
      return t.add(t.square().mul(0.3)).add(t.tanh());
    };
  }

  /** The sum of a surrogate over the batch, and its gradient. */
  final ValueAndGradient estimate(Case c, Key key) {
    return estimate(c.estimator(), c.logits(), key);
  }

  final ValueAndGradient estimate(GradientEstimator estimator, Tensor logits, Key key) {
    ObjectiveFunction f = objective(logits);
    return Autodiff.valueAndGradient(x -> estimator.surrogate(x, f, key).sum(), logits);
  }

  static void checkThrows(Throws.Mistake mistake, String... words) {
    Throws.check(IllegalArgumentException.class, mistake, words);
  }
}
