package org.gumbel4j.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.Requirement;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link EstimatorBenchmark} for every estimator, those for binary variables on bits and all
 * others on categories, and prints tables in Markdown: wall and processor time, the latter's ratio
 * to Gumbel-Softmax in the same run, and bytes allocated.
 *
 * <p>Arguments: names of estimators; none means all. {@code -Dgumbel4j.forks=0} runs everything in
 * one JVM, which is warm after the first few: for machines that are not quiet.
 */
public final class EstimatorTable {
  private static final String YARDSTICK = "gumbel-softmax";
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private static final int FORKS = Integer.getInteger("gumbel4j.forks", 1);
  private static final int BURN_IN = 20;

  private EstimatorTable() {}

  /** What JMH found of one estimator. */
  private record Row(double wall, double cpu, double bytes) {}

  /** Runs all. */
  public static void main(String[] names) throws RunnerException {
    if (FORKS == 0) {
      run("categorical", List.of(YARDSTICK), BURN_IN); // the first would pay for the JIT of all
    }
    for (String latents : List.of("categorical", "binary")) {
      print(latents, run(latents, estimators(latents, Set.of(names)), 3));
    }
  }

  private static List<String> estimators(String latents, Set<String> wanted) {
    List<String> names = new ArrayList<>();
    names.add(YARDSTICK);
    for (String name : Estimators.names()) {
      EstimatorTraits traits = Estimators.named(name).traits();
      Set<Requirement> needs = traits.requirements();
      boolean fits =
          traits.bias() != Bias.EXACT
              && !needs.contains(Requirement.ONE_VARIABLE)
              && needs.contains(Requirement.BINARY_VARIABLES) == latents.equals("binary");
      if (fits && !name.equals(YARDSTICK) && (wanted.isEmpty() || wanted.contains(name))) {
        names.add(name);
      }
    }
    return names;
  }

  private static Map<String, Row> run(String latents, List<String> estimators, int warmUp)
      throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(EstimatorBenchmark.class.getName())
                    .param("latents", latents)
                    .param("estimator", estimators.toArray(String[]::new))
                    .forks(FORKS)
                    .warmupIterations(warmUp)
                    .addProfiler(GCProfiler.class)
                    .addProfiler(CpuTimeProfiler.class)
                    .build())
            .run();
    Map<String, Row> rows = new TreeMap<>();
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      String estimator = result.getParams().getParam("estimator");
      double cpu = secondary(result, CpuTimeProfiler.CPU);
      rows.put(estimator, new Row(time.getScore(), cpu, secondary(result, ALLOCATION)));
    }
    return rows;
  }

  /** What a profiler found; names have had a prefix in some versions of JMH. */
  private static double secondary(RunResult result, String name) {
    for (String key : result.getSecondaryResults().keySet()) {
      if (key.endsWith(name)) {
        return result.getSecondaryResults().get(key).getScore();
      }
    }
    return Double.NaN;
  }

  private static void print(String latents, Map<String, Row> rows) {
    Row unit = rows.get(YARDSTICK);
    System.out.printf(
        "%n| %s | wall µs | CPU µs | × Gumbel-Softmax | MB |%n|---|--:|--:|--:|--:|%n", latents);
    rows.forEach(
        (name, row) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %.1f |%n",
                name,
                row.wall(),
                row.cpu(),
                unit == null ? Double.NaN : row.cpu() / unit.cpu(),
                row.bytes() / 1e6));
  }
}
