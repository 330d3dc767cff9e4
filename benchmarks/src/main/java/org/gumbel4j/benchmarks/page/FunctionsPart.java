package org.gumbel4j.benchmarks.page;

import static org.gumbel4j.benchmarks.page.Targets.number;

/** Functions at a million entries. */
final class FunctionsPart implements Part {
  private static final String[][] FUNCTIONS = {
    {"exp", "1000000/1000"},
    {"log", "1000000/1000"},
    {"log1p", "1000000/1000"},
    {"tanh", "1000000/1000"},
    {"sigmoid", "1000000/1000"},
    {"softmax", "1000000/1000"},
    {"softmax", "1000000/10"},
    {"logSumExp", "1000000/1000"},
    {"logSumExp", "1000000/10"},
  };

  private static final int[] THREADS = {1, 2};

  @Override
  public String write(Results results, Targets targets) {
    Table table = new Table("function", "threads", "ns", "PyTorch", "× eager", "copy");
    for (int threads : THREADS) {
      for (String[] function : FUNCTIONS) {
        String op = function[0];
        String size = function[1];
        double ours = results.median(results.ours(), op, size, threads);
        if (Double.isNaN(ours)) {
          continue;
        }
        double eager = results.median("torch-eager", op, size, threads);
        String k = size.substring(size.indexOf('/') + 1);
        table.row(
            op.equals("softmax") || op.equals("logSumExp") ? op + ", K = " + k : op,
            Integer.toString(threads),
            number(ours),
            number(eager),
            number(eager / ours),
            number(results.median(results.ours(), "copy", size, threads)));
      }
    }
    return table.isEmpty() ? "" : table.toString();
  }
}
