package org.gumbel4j.benchmarks.page;

import static org.gumbel4j.benchmarks.page.Targets.number;

/** Products of matrices, in thousands of millions of operations a second. */
final class MatMulPart implements Part {
  private static final String[] PRODUCTS = {
    "100x784x512/NN", "100x784x512/NT", "784x100x512/TN",
    "512x512x512/NN", "512x512x512/NT", "512x512x512/TN",
    "1000x1000x1000/NN", "1000x1000x1000/NT", "1000x1000x1000/TN"
  };

  private final int threads;

  MatMulPart(int threads) {
    this.threads = threads;
  }

  @Override
  public String write(Results results, Targets targets) {
    Table table =
        new Table(
            "m × k × n, operands",
            "GFLOP/s",
            "torch.mm",
            "× torch.mm",
            "asked",
            "met",
            "without the module",
            "no slower");
    double asked = threads == 1 ? 1.5 : 1.15;
    String of = Threads.of(threads);
    for (String size : PRODUCTS) {
      double ours = 2 / results.median(results.ours(), "matMul", size, threads);
      if (Double.isNaN(ours)) {
        continue;
      }
      double theirs = 2 / results.median("torch-eager", "matMul", size, threads);
      double plain = 2 / results.median(results.plain(), "matMul", size, threads);
      String where = size.replace("x", " × ").replace("/", ", ");
      table.row(
          where,
          number(ours),
          number(theirs),
          number(ours / theirs),
          number(asked),
          targets.atLeast("matMul, × torch.mm, " + of, where, ours / theirs, asked),
          number(plain),
          targets.atLeast("matMul, × without the module, " + of, where, ours / plain, 1));
    }
    return table.isEmpty() ? "" : "### " + of + "\n\n" + table;
  }
}
