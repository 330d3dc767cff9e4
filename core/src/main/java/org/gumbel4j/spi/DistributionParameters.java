package org.gumbel4j.spi;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.tensor.Tensor;

/**
 * What a distribution is made of by name: tensors such as {@code logits}, numbers such as {@code
 * k}, and whether numbers are checked.
 *
 * <pre>{@code
 * DistributionParameters.of("logits", logits).with("temperature", 0.5).with("k", 3)
 * }</pre>
 *
 * @param tensors by name
 * @param numbers by name
 * @param validation handed on to the distribution
 * @since 0.1
 */
public record DistributionParameters(
    Map<String, Tensor> tensors, Map<String, Double> numbers, Validation validation) {
  /** No parameter, validated. */
  public static final DistributionParameters NONE =
      new DistributionParameters(Map.of(), Map.of(), Validation.ON);

  /** Copies the maps. */
  public DistributionParameters {
    tensors = Map.copyOf(tensors);
    numbers = Map.copyOf(numbers);
  }

  /** One tensor, validated. */
  public static DistributionParameters of(String name, Tensor value) {
    return NONE.with(name, value);
  }

  /** These and another tensor, in place of whatever has its name. */
  public DistributionParameters with(String name, Tensor value) {
    Map<String, Tensor> more = new TreeMap<>(tensors);
    more.put(name, value);
    Map<String, Double> others = new TreeMap<>(numbers);
    others.remove(name);
    return new DistributionParameters(more, others, validation);
  }

  /** These and another number, in place of whatever has its name. */
  public DistributionParameters with(String name, double value) {
    Map<String, Double> more = new TreeMap<>(numbers);
    more.put(name, value);
    Map<String, Tensor> others = new TreeMap<>(tensors);
    others.remove(name);
    return new DistributionParameters(others, more, validation);
  }

  /** These with validation on or off. */
  public DistributionParameters validated(Validation newValidation) {
    return new DistributionParameters(tensors, numbers, newValidation);
  }

  /** Whether there is a tensor or a number of this name. */
  public boolean has(String name) {
    return tensors.containsKey(name) || numbers.containsKey(name);
  }

  /**
   * A tensor.
   *
   * @throws IllegalArgumentException if it is not there, or a number is in its place
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw missing("tensor", name);
    }
    return tensor;
  }

  /**
   * A tensor, or a number made a scalar like another tensor.
   *
   * @throws IllegalArgumentException if neither is there
   */
  public Tensor tensorLike(String name, Tensor like) {
    Double number = numbers.get(name);
    return number == null ? tensor(name) : like.device().scalar(number, like.dtype());
  }

  /** A number, or what it is without. */
  public double number(String name, double otherwise) {
    return numbers.getOrDefault(name, otherwise);
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if it is not there, or not a whole number of an int's range
   */
  public int count(String name) {
    Double number = numbers.get(name);
    if (number == null) {
      throw missing("number", name);
    }
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "parameter " + name + " is " + number + ", but must be a whole number");
    }
    return number.intValue();
  }

  /** {@link #count(String)}, or what it is without. */
  public int count(String name, int otherwise) {
    return numbers.containsKey(name) ? count(name) : otherwise;
  }

  /**
   * Refuses parameters that a distribution does not have.
   *
   * @throws IllegalArgumentException if there is one outside of {@code allowed}; it lists those
   */
  public void requireOnly(String distribution, String... allowed) {
    Set<String> unknown = given();
    Set<String> known = new TreeSet<>(Set.of(allowed));
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "distribution '" + distribution + "' has no parameter " + unknown + "; it has " + known);
    }
  }

  private Set<String> given() {
    Set<String> given = new TreeSet<>(tensors.keySet());
    given.addAll(numbers.keySet());
    return given;
  }

  private IllegalArgumentException missing(String kind, String name) {
    return new IllegalArgumentException(
        "the " + kind + " '" + name + "' is missing; there are " + given());
  }
}
