package org.gumbel4j.benchmarks.page;

import static org.gumbel4j.benchmarks.page.Targets.number;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cliffs of the JIT: a vector kernel that is not compiled as it was meant costs 6 to 20 times as
 * much. Ceilings are in copies of the same bytes, so that they hold on machines of any speed.
 */
final class CeilingsPart implements Part {
  static final String TARGET = "ceilings, in copies of the same bytes";

  private static final Map<String, Double> CEILINGS = ceilings();
  private static final String[] SIDES = {"java17-vector", "java25-vector"};

  private static Map<String, Double> ceilings() {
    Map<String, Double> most = new LinkedHashMap<>();
    most.put("soft", 60.0);
    most.put("hard", 60.0);
    most.put("gradient", 100.0);
    most.put("indices", 60.0);
    most.put("noise", 40.0);
    return most;
  }

  @Override
  public String write(Results results, Targets targets) {
    Table table = new Table("kernel", "JDK", "worst, in copies", "at", "ceiling", "under it");
    for (String side : SIDES) {
      CEILINGS.forEach((op, most) -> row(results, targets, table, side, op, most));
    }
    return table.isEmpty() ? "" : table.toString();
  }

  private static void row(
      Results results, Targets targets, Table table, String side, String op, double most) {
    double worst = Double.NaN;
    String where = "";
    for (Grid grid : Grid.all()) {
      double ours = results.median(side, op, grid.size(), 1);
      // A copy of what fits into the caches: its figure is steady.
      double copy = results.median(side, "copy", "1000000/" + grid.k(), 1);
      double copies = ours / copy;
      if (grid.n() == 1_000_000 && !Double.isNaN(copies) && !(copies <= worst)) {
        worst = copies;
        where = grid.where();
      }
    }
    if (!Double.isNaN(worst)) {
      String met = targets.atMost(TARGET, op + ", " + where + ", " + side, worst, most);
      table.row(op, side.substring("java".length(), 6), number(worst), where, number(most), met);
    }
  }
}
