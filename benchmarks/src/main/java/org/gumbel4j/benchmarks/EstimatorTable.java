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
 * Runs {@link EstimatorBenchmark} for every estimator in both forms of logits, and prints a table
 * in Markdown: time, ratio to Gumbel-Softmax in the same run, and bytes allocated.
 *
 * <p>Arguments: names of estimators; none means all that take such logits.
 */
public final class EstimatorTable {
  private static final String YARDSTICK = "gumbel-softmax";
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private EstimatorTable() {}

  /** What JMH found of one estimator. */
  private record Row(double micros, double error, double bytes) {}

  /** Runs all. */
  public static void main(String[] names) throws RunnerException {
    for (String latents : List.of("categorical", "binary")) {
      print(latents, run(latents, estimators(latents, Set.of(names))));
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
              && (latents.equals("binary") || !needs.contains(Requirement.BINARY_VARIABLES));
      if (fits && !name.equals(YARDSTICK) && (wanted.isEmpty() || wanted.contains(name))) {
        names.add(name);
      }
    }
    return names;
  }

  private static Map<String, Row> run(String latents, List<String> estimators)
      throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(EstimatorBenchmark.class.getName())
                    .param("latents", latents)
                    .param("estimator", estimators.toArray(String[]::new))
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();
    Map<String, Row> rows = new TreeMap<>();
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      String estimator = result.getParams().getParam("estimator");
      rows.put(estimator, new Row(time.getScore(), time.getScoreError(), bytes(result)));
    }
    return rows;
  }

  /** Allocated by a call; the key has had a prefix in some versions of JMH. */
  private static double bytes(RunResult result) {
    for (String key : result.getSecondaryResults().keySet()) {
      if (key.endsWith(ALLOCATION)) {
        return result.getSecondaryResults().get(key).getScore();
      }
    }
    return Double.NaN;
  }

  private static void print(String latents, Map<String, Row> rows) {
    Row unit = rows.get(YARDSTICK);
    System.out.printf(
        "%n| %s | µs | ± | × Gumbel-Softmax | MB |%n|---|--:|--:|--:|--:|%n", latents);
    rows.forEach(
        (name, row) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %.1f |%n",
                name,
                row.micros(),
                row.error(),
                unit == null ? Double.NaN : row.micros() / unit.micros(),
                row.bytes() / 1e6));
  }
}
