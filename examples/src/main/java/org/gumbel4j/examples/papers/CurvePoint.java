package org.gumbel4j.examples.papers;

import java.util.List;

/**
 * What was measured after some steps of a cell, in nats per picture; NaN for what was not.
 *
 * @param step steps taken
 * @param trainLoss mean over the steps since the point before, with the samples of training
 * @param validation the bound on validation pictures, with fewer samples and pictures than the test
 * @param seconds of training, in all
 * @param test the bound on test pictures
 * @param standardError of that, over pictures
 * @param testPictures how many there were
 * @param samples m
 */
public record CurvePoint(
    long step,
    double trainLoss,
    double validation,
    double seconds,
    double test,
    double standardError,
    long testPictures,
    long samples) {
  private static final int COLUMNS = 8;

  /** A point without a test. */
  static CurvePoint untested(long step, double trainLoss, double validation, double seconds) {
    return new CurvePoint(step, trainLoss, validation, seconds, Double.NaN, Double.NaN, 0, 0);
  }

  /** The same point, tested. */
  CurvePoint withTest(ImportanceBound.Result result, long m) {
    return new CurvePoint(
        step,
        trainLoss,
        validation,
        seconds,
        result.mean(),
        result.standardError(),
        result.pictures(),
        m);
  }

  /** Whether training ended here because a loss was no number. */
  public boolean isDiverged() {
    return !Double.isFinite(validation);
  }

  List<Double> toRow() {
    return List.of(
        (double) step,
        trainLoss,
        validation,
        seconds,
        test,
        standardError,
        (double) testPictures,
        (double) samples);
  }

  static CurvePoint ofRow(List<Double> row) {
    if (row.size() != COLUMNS) {
      throw new IllegalArgumentException(
          "resume: " + row.size() + " numbers a point in the checkpoint, but here are " + COLUMNS);
    }
    return new CurvePoint(
        (long) (double) row.get(0),
        row.get(1),
        row.get(2),
        row.get(3),
        row.get(4),
        row.get(5),
        (long) (double) row.get(6),
        (long) (double) row.get(7));
  }
}
