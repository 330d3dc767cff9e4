package org.gumbel4j.examples.papers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of a cell.
 *
 * @param cell which
 * @param rate the learning rate; 0 if nothing was trained
 * @param curve what was measured on the way; the last point holds the test
 */
public record CellResult(Cell cell, double rate, List<CurvePoint> curve) {
  static final String HEADER =
      "row,column,estimator,learning_rate,steps,train_loss,valid_nll,test_nll,standard_error,"
          + "test_pictures,samples,published,train_seconds,note\n";

  /** Copies the list. */
  public CellResult {
    curve = List.copyOf(curve);
  }

  /** A cell whose estimator cannot train its row. */
  static CellResult none(Cell cell) {
    return new CellResult(cell, 0, List.of());
  }

  /** The bound on test pictures; empty if the cell has none. */
  public OptionalDouble test() {
    return curve.isEmpty() || last().isDiverged()
        ? OptionalDouble.empty()
        : OptionalDouble.of(last().test());
  }

  /** Why there is no number, if there is none. */
  public Optional<String> note() {
    if (curve.isEmpty()) {
      return cell.obstacle();
    }
    return last().isDiverged() ? Optional.of("diverged") : Optional.empty();
  }

  /** The last point of the curve. */
  public CurvePoint last() {
    return curve.get(curve.size() - 1);
  }

  /** The line that is printed when the cell is done. */
  public String toLine() {
    if (curve.isEmpty()) {
      return "cell=" + cell.name() + " " + note().orElse("");
    }
    CurvePoint p = last();
    String published =
        cell.published().isPresent() ? number("%.1f", cell.published().getAsDouble()) : "none";
    return String.format(
        Locale.ROOT,
        "cell=%s steps=%d learning_rate=%s train_loss=%.2f valid_nll=%.2f test_nll=%.2f"
            + " standard_error=%.2f published=%s seconds=%.1f%s",
        cell.name(),
        p.step(),
        rate,
        p.trainLoss(),
        p.validation(),
        p.test(),
        p.standardError(),
        published,
        p.seconds(),
        note().map(n -> " " + n).orElse(""));
  }

  /** The same, as a line of comma-separated values under {@link #HEADER}. */
  String toCsv() {
    CurvePoint p = curve.isEmpty() ? CurvePoint.untested(0, Double.NaN, Double.NaN, 0) : last();
    return String.join(
            ",",
            cell.row().toString(),
            cell.column().toString(),
            cell.column().estimatorName(),
            Double.toString(rate),
            Long.toString(p.step()),
            Double.toString(p.trainLoss()),
            Double.toString(p.validation()),
            Double.toString(p.test()),
            Double.toString(p.standardError()),
            Long.toString(p.testPictures()),
            Long.toString(p.samples()),
            cell.published().isPresent() ? Double.toString(cell.published().getAsDouble()) : "",
            number("%.3f", p.seconds()),
            note().orElse(""))
        + "\n";
  }

  /** Ours, and in brackets the published number, for a table. */
  String inTable() {
    String ours = test().isPresent() ? number("%.1f", test().getAsDouble()) : "–";
    return cell.published().isPresent()
        ? ours + " (" + number("%.1f", cell.published().getAsDouble()) + ")"
        : ours;
  }

  private static String number(String format, double x) {
    return String.format(Locale.ROOT, format, x);
  }
}
