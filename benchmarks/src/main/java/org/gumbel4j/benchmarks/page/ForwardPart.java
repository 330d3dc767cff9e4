package org.gumbel4j.benchmarks.page;

import static org.gumbel4j.benchmarks.page.Targets.number;

/** A sample of Gumbel-Softmax, forward: beside PyTorch, eager and compiled, and a copy. */
final class ForwardPart implements Part {
  private static final double COPY = 0.25;

  private final String op;
  private final String title;
  private final int threads;

  ForwardPart(String op, String title, int threads) {
    this.op = op;
    this.title = title;
    this.threads = threads;
  }

  @Override
  public String write(Results results, Targets targets) {
    Table table =
        new Table(
            "n, K",
            "ns",
            "PyTorch",
            "× eager",
            "asked",
            "met",
            "compiled",
            "× compiled",
            "asked",
            "met",
            "copy",
            "copy's speed",
            "met",
            "new copy");
    for (Grid grid : Grid.all()) {
      double ours = results.median(results.ours(), op, grid.size(), threads);
      if (Double.isNaN(ours)) {
        continue;
      }
      double eager = results.median("torch-eager", op, grid.size(), threads);
      double compiled = results.median("torch-compile", op, grid.size(), threads);
      double copy = results.median(results.ours(), "copy", grid.size(), threads);
      double fresh = results.median(results.ours(), "newCopy", grid.size(), threads);
      double asked = !grid.isLarge() ? 10 : grid.isFewClasses() ? 35 : 20;
      String where = grid.where() + ", " + title;
      String of = Threads.of(threads);
      table.row(
          grid.where(),
          number(ours),
          number(eager),
          number(eager / ours),
          number(asked),
          targets.atLeast("forward, × PyTorch eager, " + of, where, eager / ours, asked),
          number(compiled),
          number(compiled / ours),
          grid.isLarge() ? "8" : "",
          grid.isLarge()
              ? targets.atLeast("forward, × `torch.compile`, " + of, where, compiled / ours, 8)
              : "",
          number(copy),
          Math.round(100 * copy / ours) + " %",
          grid.n() > 10_000_000
              ? targets.atLeast(
                  "forward at n = 1.6·10⁷, of a copy's speed, " + of, where, copy / ours, COPY)
              : "",
          number(fresh));
    }
    return table.isEmpty() ? "" : "### " + title + ", " + Threads.of(threads) + "\n\n" + table;
  }
}
