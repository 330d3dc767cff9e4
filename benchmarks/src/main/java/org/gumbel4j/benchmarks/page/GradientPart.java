package org.gumbel4j.benchmarks.page;

import static org.gumbel4j.benchmarks.page.Targets.number;

/** Forward and backward: the graph, a weighted sum, and the gradient by the logits. */
final class GradientPart implements Part {
  private static final String LATENTS = "100x30x10";

  private final int threads;

  GradientPart(int threads) {
    this.threads = threads;
  }

  @Override
  public String write(Results results, Targets targets) {
    Table table = new Table("n, K", "ns", "PyTorch", "× eager", "asked", "met", "copy");
    for (Grid grid : Grid.all()) {
      double asked = !grid.isLarge() ? Double.NaN : grid.isFewClasses() ? 25 : 12;
      row(results, targets, table, grid.size(), grid.where(), asked);
    }
    row(results, targets, table, LATENTS, "[100, 30, 10]", 5);
    return table.isEmpty() ? "" : "### " + Threads.of(threads) + "\n\n" + table;
  }

  private void row(
      Results results, Targets targets, Table table, String size, String where, double asked) {
    double ours = results.median(results.ours(), "gradient", size, threads);
    if (Double.isNaN(ours)) {
      return;
    }
    double eager = results.median("torch-eager", "gradient", size, threads);
    String target = "forward and backward, × PyTorch eager, " + Threads.of(threads);
    boolean isAsked = !Double.isNaN(asked);
    table.row(
        where,
        number(ours),
        number(eager),
        number(eager / ours),
        isAsked ? number(asked) : "",
        isAsked ? targets.atLeast(target, where, eager / ours, asked) : "",
        number(results.median(results.ours(), "copy", size, threads)));
  }
}
