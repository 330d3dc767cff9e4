package org.gumbel4j.examples.papers;

import java.util.Optional;
import java.util.OptionalDouble;
import org.gumbel4j.estimators.Requirement;

/**
 * A place in the table.
 *
 * @param row what is trained
 * @param column by which estimator
 */
public record Cell(TableRow row, TableColumn column) {
  /** Its name on the command line and in files. */
  public String name() {
    return row + "." + column;
  }

  /**
   * What Jang, Gu and Poole (arXiv 1611.01144, table 1) found: nats per test picture, lower is
   * better; empty in columns that they do not have.
   */
  public OptionalDouble published() {
    int at = TableColumn.published().indexOf(column);
    return at < 0 ? OptionalDouble.empty() : OptionalDouble.of(published(row)[at]);
  }

  private static double[] published(TableRow row) {
    return switch (row) {
      case SBN_BERNOULLI -> new double[] {72.0, 59.7, 58.9, 58.9, 58.7, 58.5, 59.3};
      case SBN_CATEGORICAL -> new double[] {73.1, 67.9, 63.0, 61.8, 61.1, 59.0, 59.7};
      case VAE_BERNOULLI -> new double[] {112.2, 110.9, 109.7, 116.0, 111.5, 105.0, 111.5};
      case VAE_CATEGORICAL -> new double[] {110.6, 128.8, 107.0, 110.9, 107.8, 101.5, 107.8};
    };
  }

  /** Why the estimator cannot train the row, if it cannot. */
  public Optional<String> obstacle() {
    boolean binaryOnly =
        column.estimator(1, 1).traits().requirements().contains(Requirement.BINARY_VARIABLES);
    return binaryOnly && !row.isBernoulli()
        ? Optional.of("for binary variables only")
        : Optional.empty();
  }
}
