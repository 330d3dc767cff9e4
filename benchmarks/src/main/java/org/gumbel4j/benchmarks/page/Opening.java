package org.gumbel4j.benchmarks.page;

import java.util.stream.Collectors;

/** What stands above the tables: how to read them, and what they were measured on. */
final class Opening {
  private static final String TEXT =
      """
      # Performance

      <!-- Made by benchmarks/run.sh from what it measured; the notes are benchmarks/notes.md. Do not edit. -->

      What kernels take beside PyTorch, whole epochs, and what was asked of them. Other measurements:
      [training](performance-training.md), [estimators](performance-estimators.md),
      [on DJL](performance-djl.md).

      ```sh
      %s
      ```

      * Medians; numbers without a unit are nanoseconds for each element of the input, %s. Gumbel4J and PyTorch took
        turns, rounds: %s. "×" is how many times faster Gumbel4J is.
      * FLOAT32, classes along the last axis, shape [n/K, K] (at least one row), standard normal logits, temperature 0.7. Everything
        goes through the public API: noise included, the result allocated, a new key for each call. JVM flags: none but
        `--add-modules jdk.incubator.vector`.
      * "copy" is the limit: a copy of the same bytes into memory that is there, in the same run; "new copy" one into new memory.
      """;

  private Opening() {}

  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(
        TEXT.formatted(
            results.about("command").orElse("benchmarks/run.sh").strip(),
            results.clock(),
            results.about("rounds").orElse("some")));
    text.append("\n| | |\n|---|---|\n");
    line(text, results, "machine", "machine");
    line(text, results, "date", "date");
    line(text, results, "load", "load when it began");
    line(text, results, "commit", "commit");
    for (String side : new String[] {"java17-vector", "java25-vector", results.plain(), "torch"}) {
      line(text, results, side, side);
    }
    if (!results.absent().isEmpty()) {
      text.append('\n')
          .append(
              results.absent().entrySet().stream()
                  .map(e -> "Not measured: " + e.getKey() + ", because " + e.getValue() + ".\n")
                  .collect(Collectors.joining()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Results results, String what, String label) {
    results
        .about(what)
        .ifPresent(
            value -> text.append("| ").append(label).append(" | ").append(value).append(" |\n"));
  }
}
