package org.gumbel4j.spi;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Options of an estimator that is made by name, as a command line or a file of settings has them:
 * {@code samples=4}, {@code temperature=0.5}. A provider asks for each by its name and its default;
 * what it did not ask for is an error.
 *
 * @param values by name
 * @since 0.1
 */
public record EstimatorOptions(Map<String, String> values) {
  /** Nothing but defaults. */
  public static final EstimatorOptions DEFAULT = new EstimatorOptions(Map.of());

  /** Copies the map. */
  public EstimatorOptions {
    values = Map.copyOf(values);
  }

  /** These options with another number. */
  public EstimatorOptions with(String name, double value) {
    return with(name, Double.toString(value));
  }

  /** These options with another count. */
  public EstimatorOptions with(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** These options with another value. */
  public EstimatorOptions with(String name, String value) {
    Map<String, String> more = new TreeMap<>(values);
    more.put(name, value);
    return new EstimatorOptions(more);
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if the option is there and not a number
   */
  public double number(String name, double otherwise) {
    String text = values.get(name);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong(name, text, "a number", e);
    }
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if the option is there and not a whole number
   */
  public int count(String name, int otherwise) {
    String text = values.get(name);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(name, text, "a whole number", e);
    }
  }

  /**
   * One of several words.
   *
   * @throws IllegalArgumentException if the option is there and none of them
   */
  public String choice(String name, String otherwise, String... allowed) {
    String text = values.getOrDefault(name, otherwise);
    if (!Set.of(allowed).contains(text)) {
      throw wrong(name, text, "one of " + String.join(", ", allowed), null);
    }
    return text;
  }

  /**
   * Refuses options that an estimator does not have.
   *
   * @throws IllegalArgumentException if there is one outside of {@code allowed}; it lists those
   */
  public void requireOnly(String estimator, String... allowed) {
    Set<String> unknown = new TreeSet<>(values.keySet());
    Set<String> known = new TreeSet<>(Set.of(allowed));
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "estimator '"
              + estimator
              + "' has no option "
              + unknown
              + "; "
              + (known.isEmpty() ? "it has none" : "it has " + known));
    }
  }

  private static IllegalArgumentException wrong(
      String name, String text, String expected, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "option " + name + " is '" + text + "', but must be " + expected, cause);
  }
}
