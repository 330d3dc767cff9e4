package org.gumbel4j.examples.papers;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.LearningSignal;
import org.gumbel4j.estimators.MuProp;
import org.gumbel4j.estimators.RunningMeanBaseline;
import org.gumbel4j.estimators.ScoreFunction;
import org.gumbel4j.estimators.SignalNormalisation;
import org.gumbel4j.spi.EstimatorOptions;

/**
 * A column of the table: by which estimator. The first seven are the paper's; the others are of
 * later papers.
 */
public enum TableColumn {
  /** The score function with variance normalisation, as published. */
  SF("sf", "SF", "score-function", Annealed.NOTHING),
  /** DARN, expanded to the middle of the simplex, as published. */
  DARN("darn", "DARN", "darn", Annealed.NOTHING),
  /** MuProp with variance normalisation of what its expansion leaves. */
  MUPROP("muprop", "MuProp", "muprop", Annealed.NOTHING),
  /** Straight-through. */
  ST("st", "ST", "straight-through", Annealed.NOTHING),
  /** Straight-through with a slope that grows. */
  ANNEALED_ST("annealed-st", "Annealed ST", "slope-annealed-st", Annealed.SLOPE),
  /** Gumbel-Softmax. */
  GUMBEL("gumbel", "Gumbel-S.", "gumbel-softmax", Annealed.TEMPERATURE),
  /** Straight-through Gumbel-Softmax. */
  ST_GUMBEL("st-gumbel", "ST Gumbel-S.", "st-gumbel-softmax", Annealed.TEMPERATURE),
  /** ReinMax (2023), at temperature 1, where it is of second order. */
  REINMAX("reinmax", "ReinMax", "reinmax", Annealed.NOTHING),
  /** REBAR (2017), which adapts its own temperature. */
  REBAR("rebar", "REBAR", "rebar", Annealed.NOTHING),
  /** DisARM (2020). */
  DISARM("disarm", "DisARM", "disarm", Annealed.NOTHING),
  /** Gumbel-Rao (2021). */
  GUMBEL_RAO("gumbel-rao", "Gumbel-Rao", "gumbel-rao", Annealed.TEMPERATURE),
  /** Gapped straight-through (2022). */
  GAPPED_ST("gapped-st", "Gapped ST", "gapped-st", Annealed.TEMPERATURE);

  /** What changes in the course of training. */
  private enum Annealed {
    NOTHING,
    TEMPERATURE,
    SLOPE
  }

  private static final EstimatorOptions OPTIONS = EstimatorOptions.DEFAULT;
  private static final double DECAY = 0.9;

  private final String label;
  private final String title;
  private final String estimator;
  private final Annealed annealed;

  TableColumn(String label, String title, String estimator, Annealed annealed) {
    this.label = label;
    this.title = title;
    this.estimator = estimator;
    this.annealed = annealed;
  }

  /** The columns that the paper has. */
  public static List<TableColumn> published() {
    return List.of(SF, DARN, MUPROP, ST, ANNEALED_ST, GUMBEL, ST_GUMBEL);
  }

  /**
   * Returns the one with a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static TableColumn of(String label) {
    return Arrays.stream(values())
        .filter(column -> column.label.equals(label))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + label + "' is no column; expected one of " + Arrays.toString(values())));
  }

  /** What a person calls it. */
  public String title() {
    return title;
  }

  /** The estimator's name, as {@link Estimators} knows it. */
  public String estimatorName() {
    return estimator;
  }

  /** The estimator at a point of training. */
  GradientEstimator estimator(double temperature, double slope) {
    return switch (annealed) {
      case TEMPERATURE -> Estimators.named(estimator, OPTIONS.with("temperature", temperature));
      case SLOPE -> Estimators.named(estimator, OPTIONS.with("slope", slope));
      case NOTHING -> constant();
    };
  }

  private GradientEstimator constant() {
    return switch (this) {
      case SF -> ScoreFunction.of(normalised());
      case MUPROP -> MuProp.of(normalised());
      case DARN -> Estimators.named(estimator, OPTIONS.with("centre", "uniform"));
      default -> Estimators.named(estimator);
    };
  }

  /** A running mean is subtracted, and a running standard deviation divided by. */
  private static LearningSignal normalised() {
    return RunningMeanBaseline.of(DECAY).then(SignalNormalisation.of(DECAY));
  }

  @Override
  public String toString() {
    return label;
  }
}
