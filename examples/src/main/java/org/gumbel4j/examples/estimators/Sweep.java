package org.gumbel4j.examples.estimators;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.estimators.diagnostics.EstimatorDiagnostics;
import org.gumbel4j.estimators.diagnostics.EstimatorMeasurement;
import org.gumbel4j.examples.training.TrainingListener;
import org.gumbel4j.random.Key;

/**
 * All trials of a plan, measured.
 *
 * @param problem what was estimated
 * @param plan what was to be measured
 * @param rows what came out, in the plan's order
 */
public record Sweep(Problem problem, Plan plan, List<Measured> rows) {
  /**
   * How often a run may find fault with some estimator although all that claim no bias have none.
   */
  public static final double FALSE_ALARM_RATE = 1e-3;

  /** Copies the list. */
  public Sweep {
    rows = List.copyOf(rows);
  }

  /**
   * Measures.
   *
   * @param diagnostics of the problem, with its number of draws
   * @param key each estimator has a child of its own, the same at all temperatures, so that a curve
   *     over temperature is smooth
   * @param listener hears of each trial
   */
  public static Sweep run(
      Problem problem,
      Plan plan,
      EstimatorDiagnostics diagnostics,
      Key key,
      TrainingListener listener) {
    List<Measured> rows = new ArrayList<>();
    listener.started(problem.name(), plan.trials().size());
    try {
      for (Trial trial : plan.trials()) {
        Key own = key.fold(trial.name().hashCode());
        EstimatorMeasurement result = diagnostics.measure(trial.estimator(), own);
        rows.add(new Measured(trial, result));
        listener.stepped(result.relativeStandardDeviation().value());
      }
    } finally {
      listener.finished();
    }
    return new Sweep(problem, plan, rows);
  }

  /** Whether the simultaneous intervals of a row hold the exact gradient, at the family's level. */
  public boolean covers(Measured row) {
    return row.result().coversExact(ratePerRow());
  }

  /** The largest deviation that is allowed to a row, in standard errors. */
  public double allowed(Measured row) {
    return row.result().allowedDeviation(ratePerRow());
  }

  /** Those that claim to have no bias and show one. */
  public List<Measured> faults() {
    return rows.stream().filter(r -> r.claimsNoBias() && !covers(r)).toList();
  }

  /** How many claim to have no bias. */
  public long claims() {
    return rows.stream().filter(Measured::claimsNoBias).count();
  }

  private double ratePerRow() {
    return FALSE_ALARM_RATE / Math.max(1, claims());
  }
}
