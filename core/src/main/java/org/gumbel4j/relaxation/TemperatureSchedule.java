package org.gumbel4j.relaxation;

import org.gumbel4j.internal.ops.Checks;

/**
 * The temperature at each step of training. Steps count from 0; every temperature is positive.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TemperatureSchedule {
  /**
   * τ at a step.
   *
   * @param step 0, 1, …
   * @throws IllegalArgumentException if it is negative
   */
  double at(long step);

  /**
   * τ₀ at every step.
   *
   * @throws IllegalArgumentException if it is not positive and finite
   */
  static TemperatureSchedule constant(double temperature) {
    return new Constant(temperature);
  }

  /**
   * max(τ_min, τ₀ · e^(−r·t)).
   *
   * @throws IllegalArgumentException unless 0 &lt; τ_min ≤ τ₀ &lt; ∞ and 0 ≤ r &lt; ∞
   */
  static TemperatureSchedule exponential(double initial, double minimum, double rate) {
    return new StepwiseExponential(initial, minimum, rate, 1);
  }

  /**
   * max(τ_min, τ₀ · e^(−r·N·⌊t/N⌋)): the exponential, brought up to date every N steps (Jang et
   * al., arXiv 1611.01144, with τ₀ = 1, τ_min = 0.5, r of 1e-5 or 1e-4, N of 500 or 1000).
   *
   * @throws IllegalArgumentException unless 0 &lt; τ_min ≤ τ₀ &lt; ∞, 0 ≤ r &lt; ∞ and N ≥ 1
   */
  static TemperatureSchedule stepwiseExponential(
      double initial, double minimum, double rate, long interval) {
    return new StepwiseExponential(initial, minimum, rate, interval);
  }

  /**
   * τ₀ at step 0, in a straight line to τ₁ at the given step, τ₁ from there on.
   *
   * @throws IllegalArgumentException unless both are positive and finite, and {@code steps} ≥ 1
   */
  static TemperatureSchedule linear(double initial, double last, long steps) {
    return new Linear(initial, last, steps);
  }

  /**
   * τ₁ + ½(τ₀ − τ₁)(1 + cos(πt/T)) up to step T, τ₁ from there on.
   *
   * @throws IllegalArgumentException unless both are positive and finite, and {@code steps} ≥ 1
   */
  static TemperatureSchedule cosine(double initial, double last, long steps) {
    return new Cosine(initial, last, steps);
  }

  /**
   * See {@link #constant}.
   *
   * @param temperature τ₀
   */
  record Constant(double temperature) implements TemperatureSchedule {
    /** Checks the temperature. */
    public Constant {
      Checks.positive("constant schedule", "temperature", temperature);
    }

    @Override
    public double at(long step) {
      requireStep(step);
      return temperature;
    }
  }

  /**
   * See {@link #stepwiseExponential}.
   *
   * @param initial τ₀
   * @param minimum τ_min
   * @param rate r per step, not negative
   * @param interval N
   */
  record StepwiseExponential(double initial, double minimum, double rate, long interval)
      implements TemperatureSchedule {
    /** Checks the numbers. */
    public StepwiseExponential {
      Checks.positive("exponential schedule", "initial temperature", initial);
      Checks.positive("exponential schedule", "minimum temperature", minimum);
      if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "exponential schedule: rate = " + rate + " must be finite and not negative");
      }
      if (minimum > initial) {
        throw new IllegalArgumentException(
            "exponential schedule: minimum temperature = "
                + minimum
                + " is above the initial temperature = "
                + initial);
      }
      requireSteps("exponential schedule", "interval", interval);
    }

    @Override
    public double at(long step) {
      requireStep(step);
      return Math.max(minimum, initial * Math.exp(-rate * (step - step % interval)));
    }
  }

  /**
   * See {@link #linear}.
   *
   * @param initial τ₀
   * @param last τ₁
   * @param steps T
   */
  record Linear(double initial, double last, long steps) implements TemperatureSchedule {
    /** Checks the numbers. */
    public Linear {
      Checks.positive("linear schedule", "initial temperature", initial);
      Checks.positive("linear schedule", "last temperature", last);
      requireSteps("linear schedule", "steps", steps);
    }

    @Override
    public double at(long step) {
      requireStep(step);
      return step >= steps ? last : between(initial, last, 1 - (double) step / steps);
    }
  }

  /**
   * See {@link #cosine}.
   *
   * @param initial τ₀
   * @param last τ₁
   * @param steps T
   */
  record Cosine(double initial, double last, long steps) implements TemperatureSchedule {
    /** Checks the numbers. */
    public Cosine {
      Checks.positive("cosine schedule", "initial temperature", initial);
      Checks.positive("cosine schedule", "last temperature", last);
      requireSteps("cosine schedule", "steps", steps);
    }

    @Override
    public double at(long step) {
      requireStep(step);
      double share = 0.5 * (1 + Math.cos(Math.PI * step / steps));
      return step >= steps ? last : between(initial, last, share);
    }
  }

  /** A mean with positive weights, which no rounding makes zero, however far apart the two are. */
  private static double between(double initial, double last, double share) {
    return share * initial + (1 - share) * last;
  }

  private static void requireStep(long step) {
    if (step < 0) {
      throw new IllegalArgumentException(
          "temperature schedule: step = " + step + " must not be negative");
    }
  }

  private static void requireSteps(String schedule, String name, long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          schedule + ": " + name + " = " + steps + " must be at least 1");
    }
  }
}
