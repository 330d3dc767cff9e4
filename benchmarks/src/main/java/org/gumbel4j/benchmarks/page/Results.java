package org.gumbel4j.benchmarks.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that was measured, and by what: medians over all rounds. */
final class Results {
  private final Map<String, List<Double>> samples = new HashMap<>();
  private final Map<String, String> about = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();

  private final boolean processorTime;

  /**
   * Nothing yet.
   *
   * @param processorTime whether processor time counts, where it was measured, of one thread
   */
  Results(boolean processorTime) {
    this.processorTime = processorTime;
  }

  /** Reads every {@code .txt} of a directory. */
  static Results in(Path directory, boolean processorTime) throws IOException {
    Results results = new Results(processorTime);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        Files.readAllLines(file).forEach(results::read);
      }
    }
    return results;
  }

  /** A line, of a result or of what is to be known; others are passed over. */
  void read(String line) {
    if (Measurement.isOne(line)) {
      Measurement one = Measurement.parse(line);
      samples
          .computeIfAbsent(
              key(one.side(), one.op(), one.size(), one.threads()), k -> new ArrayList<>())
          .addAll(processorTime && !one.cpu().isEmpty() ? one.cpu() : one.wall());
    } else if (line.startsWith("about ") && line.indexOf('=') > 0) {
      int equals = line.indexOf('=');
      about.put(line.substring("about ".length(), equals), line.substring(equals + 1));
    } else if (line.startsWith("absent side=") && line.contains(" why=")) {
      int why = line.indexOf(" why=");
      absent.put(
          line.substring("absent side=".length(), why), line.substring(why + " why=".length()));
    }
  }

  private static String key(String side, String op, String size, int threads) {
    return side + ' ' + op + ' ' + size + ' ' + threads;
  }

  /** The median of what was measured, NaN if nothing was. */
  double median(String side, String op, String size, int threads) {
    List<Double> all = samples.get(key(side, op, size, threads));
    return all == null ? Double.NaN : median(all);
  }

  static double median(List<Double> numbers) {
    if (numbers.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = numbers.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The vector kernels that targets are about: those of the Java that the command was given. */
  String ours() {
    return about("ours").orElse("java17") + "-vector";
  }

  /** The same Java without the Vector API's module. */
  String plain() {
    return about("ours").orElse("java17") + "-plain";
  }

  Optional<String> about(String what) {
    return Optional.ofNullable(about.get(what)).filter(text -> !text.isBlank());
  }

  /** Which time the numbers are. */
  String clock() {
    return processorTime ? "of processor time" : "by the clock";
  }

  /** Sides that could not be measured, and why. */
  Map<String, String> absent() {
    return absent;
  }
}
