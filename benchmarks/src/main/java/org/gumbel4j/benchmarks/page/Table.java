package org.gumbel4j.benchmarks.page;

import java.util.Collections;

/** A table in Markdown, its first column to the left, the others to the right. */
final class Table {
  private final int columns;
  private final StringBuilder text = new StringBuilder();
  private boolean empty = true;

  Table(String... header) {
    this.columns = header.length;
    line(header);
    text.append("|---|")
        .append(String.join("", Collections.nCopies(columns - 1, "--:|")))
        .append('\n');
  }

  /** As many cells as there are columns. */
  void row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
    }
    empty = false;
    line(cells);
  }

  private void line(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  boolean isEmpty() {
    return empty;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
