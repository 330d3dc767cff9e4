package org.gumbel4j.internal.ops;

import java.util.Arrays;

/**
 * The linear assignment problem, solved exactly on numbers of the host: which column for each row
 * of a square matrix makes the sum of entries largest.
 *
 * <p>By shortest augmenting paths over reduced costs (Jonker and Volgenant, Computing 38, 1987):
 * rows join one after another; potentials keep reduced costs from being negative, and Dijkstra's
 * search finds the cheapest rearrangement that lets the new row in.
 */
public final class Assignment {
  private static final int NONE = -1;

  private final double[] values;
  private final int from;
  private final int n;
  private final double[] rowPotential;
  private final double[] columnPotential;
  private final int[] columnOfRow;
  private final int[] rowOfColumn;
  private final double[] distance;
  private final int[] rowBefore;
  private final boolean[] settled;

  private Assignment(double[] values, int from, int n) {
    this.values = values;
    this.from = from;
    this.n = n;
    this.rowPotential = new double[n];
    this.columnPotential = new double[n];
    this.columnOfRow = new int[n];
    this.rowOfColumn = new int[n];
    this.distance = new double[n];
    this.rowBefore = new int[n];
    this.settled = new boolean[n];
    Arrays.fill(columnOfRow, NONE);
    Arrays.fill(rowOfColumn, NONE);
  }

  /**
   * The columns, one for each row.
   *
   * @param values row-major; −∞ is a pair that is not allowed, other entries are finite
   * @param from where the matrix begins
   * @param n its extent
   * @return empty if no complete matching is allowed
   */
  public static int[] maximum(double[] values, int from, int n) {
    Assignment assignment = new Assignment(values, from, n);
    for (int row = 0; row < n; row++) {
      int column = assignment.search(row);
      if (column == NONE) {
        return new int[0];
      }
      assignment.settle(row, assignment.distance[column]);
      assignment.rearrange(row, column);
    }
    return assignment.columnOfRow;
  }

  /** The free column that is nearest to a new row; none if there is no way to one. */
  private int search(int start) {
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    Arrays.fill(settled, false);
    int row = start;
    double reached = 0;
    while (true) {
      int nearest = relax(row, reached);
      if (distance[nearest] == Double.POSITIVE_INFINITY) {
        return NONE;
      }
      if (rowOfColumn[nearest] == NONE) {
        return nearest;
      }
      settled[nearest] = true;
      reached = distance[nearest];
      row = rowOfColumn[nearest];
    }
  }

  /** Shortens ways by a row that has been reached; the nearest column, a free one if it can be. */
  private int relax(int row, double reached) {
    int nearest = NONE;
    for (int j = 0; j < n; j++) {
      if (settled[j]) {
        continue;
      }
      double way = reached - values[from + row * n + j] - rowPotential[row] - columnPotential[j];
      if (way < distance[j]) {
        distance[j] = way;
        rowBefore[j] = row;
      }
      boolean nearer = nearest == NONE || distance[j] < distance[nearest];
      boolean free = nearest != NONE && distance[j] == distance[nearest] && rowOfColumn[j] == NONE;
      if (nearer || (free && rowOfColumn[nearest] != NONE)) {
        nearest = j;
      }
    }
    return nearest;
  }

  /** Moves potentials so that the ways found have reduced cost 0. */
  private void settle(int start, double reached) {
    rowPotential[start] += reached;
    for (int j = 0; j < n; j++) {
      if (settled[j]) {
        rowPotential[rowOfColumn[j]] += reached - distance[j];
        columnPotential[j] -= reached - distance[j];
      }
    }
  }

  /** Gives the column to the row before it on the way, and that row's to the one before, … */
  private void rearrange(int start, int free) {
    int column = free;
    int row;
    do {
      row = rowBefore[column];
      rowOfColumn[column] = row;
      int given = columnOfRow[row];
      columnOfRow[row] = column;
      column = given;
    } while (row != start);
  }
}
