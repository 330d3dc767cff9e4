package org.gumbel4j.benchmarks.page;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Some measurements of one thing, which travel as one line of text.
 *
 * @param side who did it, such as {@code java17-vector} or {@code torch-eager}
 * @param op what was done
 * @param size to how much, named as the benchmarks name it
 * @param threads with how many threads
 * @param wall nanoseconds for each element, by the clock
 * @param cpu nanoseconds of processor time for each element; empty where it was not measured
 */
public record Measurement(
    String side, String op, String size, int threads, List<Double> wall, List<Double> cpu) {
  private static final String START = "result ";

  /** Whether a line is one. */
  public static boolean isOne(String line) {
    return line.startsWith(START);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if something is missing in it, or no number
   */
  public static Measurement parse(String line) {
    Map<String, String> fields = new HashMap<>();
    for (String field : line.substring(START.length()).trim().split(" +", -1)) {
      int equals = field.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("'" + field + "' has no = in: " + line);
      }
      fields.put(field.substring(0, equals), field.substring(equals + 1));
    }
    for (String needed : new String[] {"side", "op", "size", "threads", "wall"}) {
      if (!fields.containsKey(needed)) {
        throw new IllegalArgumentException("no " + needed + "= in: " + line);
      }
    }
    return new Measurement(
        field(fields, "side"),
        field(fields, "op"),
        field(fields, "size"),
        Integer.parseInt(field(fields, "threads")),
        numbers(field(fields, "wall")),
        numbers(field(fields, "cpu")));
  }

  private static String field(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }

  private static List<Double> numbers(String list) {
    return list.isEmpty()
        ? List.of()
        : Arrays.stream(list.split(",", -1)).map(Double::valueOf).toList();
  }

  /** The line. */
  public String toLine() {
    return START
        + "side="
        + side
        + " op="
        + op
        + " size="
        + size
        + " threads="
        + threads
        + " wall="
        + list(wall)
        + " cpu="
        + list(cpu);
  }

  private static String list(List<Double> numbers) {
    return numbers.stream()
        .map(x -> String.format(Locale.ROOT, "%.5g", x))
        .collect(Collectors.joining(","));
  }
}
