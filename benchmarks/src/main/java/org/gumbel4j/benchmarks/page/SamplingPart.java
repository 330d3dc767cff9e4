package org.gumbel4j.benchmarks.page;

import static org.gumbel4j.benchmarks.page.Targets.number;

/** Indices: by Gumbel-max beside the noise alone, and of a distribution beside PyTorch's. */
final class SamplingPart implements Part {
  private static final double NOISE = 2;
  private static final double FASTER = 10;

  private final int threads;

  SamplingPart(int threads) {
    this.threads = threads;
  }

  @Override
  public String write(Results results, Targets targets) {
    Table table =
        new Table(
            "n, K",
            "indices",
            "noise alone",
            "÷ noise",
            "asked",
            "met",
            "Categorical",
            "PyTorch's",
            "×",
            "asked",
            "met",
            "its sample alone",
            "PyTorch's",
            "×",
            "met",
            "copy");
    String of = Threads.of(threads);
    for (Grid grid : Grid.all()) {
      double indices = results.median(results.ours(), "indices", grid.size(), threads);
      if (Double.isNaN(indices)) {
        continue;
      }
      double noise = results.median(results.ours(), "noise", grid.size(), threads);
      double whole = results.median(results.ours(), "categorical", grid.size(), threads);
      double theirs = results.median("torch-eager", "categorical", grid.size(), threads);
      double alone = results.median(results.ours(), "categoricalSample", grid.size(), threads);
      double peer = results.median("torch-eager", "categoricalSample", grid.size(), threads);
      String target = "Categorical.sample, × PyTorch's, " + of;
      String where = grid.where();
      table.row(
          where,
          number(indices),
          number(noise),
          number(indices / noise),
          number(NOISE),
          targets.atMost("Gumbel-max indices, ÷ noise alone, " + of, where, indices / noise, NOISE),
          number(whole),
          number(theirs),
          number(theirs / whole),
          number(FASTER),
          targets.atLeast(target, where + ", built and sampled", theirs / whole, FASTER),
          number(alone),
          number(peer),
          number(peer / alone),
          targets.atLeast(target, where + ", sampled alone", peer / alone, FASTER),
          number(results.median(results.ours(), "copy", grid.size(), threads)));
    }
    return table.isEmpty() ? "" : "### " + of + "\n\n" + table;
  }
}
