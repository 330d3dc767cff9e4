package org.gumbel4j.benchmarks.page;

import static org.gumbel4j.benchmarks.page.Targets.number;

/** JDK 17 beside JDK 25, and without the Vector API beside PyTorch. */
final class JavasPart implements Part {
  private static final double OLD = 0.7;
  private static final double PLAIN = 2.5;
  private static final String[] OPS = {"soft", "hard"};

  @Override
  public String write(Results results, Targets targets) {
    Table table =
        new Table(
            "sample, n, K",
            "JDK 17",
            "JDK 25",
            "17's speed of 25's",
            "met",
            "no module",
            "PyTorch",
            "× eager",
            "asked",
            "met");
    for (String op : OPS) {
      for (Grid grid : Grid.all()) {
        double old = results.median("java17-vector", op, grid.size(), 1);
        double recent = results.median("java25-vector", op, grid.size(), 1);
        double plain = results.median(results.plain(), op, grid.size(), 1);
        double eager = results.median("torch-eager", op, grid.size(), 1);
        if (Double.isNaN(recent) && Double.isNaN(plain)) {
          continue;
        }
        String where = op + ", " + grid.where();
        table.row(
            where,
            number(old),
            number(recent),
            Double.isNaN(recent / old) ? "–" : Math.round(100 * recent / old) + " %",
            grid.isLarge()
                ? targets.atLeast("forward, JDK 17 of JDK 25's speed", where, recent / old, OLD)
                : "",
            number(plain),
            number(eager),
            number(eager / plain),
            number(PLAIN),
            targets.atLeast("without the module, × PyTorch eager", where, eager / plain, PLAIN));
      }
    }
    return table.isEmpty() ? "" : table.toString();
  }
}
