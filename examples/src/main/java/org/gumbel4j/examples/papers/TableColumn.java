package org.gumbel4j.examples.papers;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.spi.EstimatorOptions;

/**
 * A column of the table: by which estimator. The first seven are the paper's; the others are of
 * later papers.
 */
public enum TableColumn {
  /** The score function. */
  SF("sf", "SF", "score-function", Annealed.NOTHING),
  /** The DARN estimator. */
  DARN("darn", "DARN", "darn", Annealed.NOTHING),
  /** MuProp. */
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
      case NOTHING -> Estimators.named(estimator);
      case TEMPERATURE ->
          Estimators.named(estimator, EstimatorOptions.DEFAULT.with("temperature", temperature));
      case SLOPE -> Estimators.named(estimator, EstimatorOptions.DEFAULT.with("slope", slope));
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
