package org.gumbel4j.examples.estimators;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.Requirement;
import org.gumbel4j.spi.EstimatorOptions;

/**
 * Which estimators are measured on a problem, at which temperatures, and which are not, and why.
 *
 * @param trials what is measured
 * @param leftOut a reason for each name that is not
 */
public record Plan(List<Trial> trials, Map<String, String> leftOut) {
  private static final String TEMPERATURE = "temperature";
  private static final double MOST_STATES = 1 << 16;

  /**
   * Makes a plan.
   *
   * @param names of estimators
   * @param temperatures for those that have one
   */
  public static Plan of(Problem problem, List<String> names, List<Double> temperatures) {
    List<Trial> trials = new ArrayList<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (String name : names) {
      Optional<String> reason = obstacle(problem, Estimators.named(name).traits());
      if (reason.isPresent()) {
        leftOut.put(name, reason.get());
      } else if (!hasTemperature(name)) {
        trials.add(new Trial(name, Double.NaN, Estimators.named(name)));
      } else {
        addAll(trials, leftOut, name, temperatures);
      }
    }
    return new Plan(trials, leftOut);
  }

  private static void addAll(
      List<Trial> trials, Map<String, String> leftOut, String name, List<Double> temperatures) {
    for (double t : temperatures) {
      try {
        EstimatorOptions options = EstimatorOptions.DEFAULT.with(TEMPERATURE, t);
        trials.add(new Trial(name, t, Estimators.named(name, options)));
      } catch (IllegalArgumentException e) {
        leftOut.put(name + " at temperature " + t, String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * An estimator refuses options that it does not have; 1 is a temperature for all that have one.
   */
  private static boolean hasTemperature(String name) {
    try {
      Estimators.named(name, EstimatorOptions.DEFAULT.with(TEMPERATURE, 1.0));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<String> obstacle(Problem problem, EstimatorTraits traits) {
    Set<Requirement> needs = traits.requirements();
    double states = Math.pow((double) Math.max(2, problem.classes()), (double) problem.variables());
    double batch = (double) problem.logits().size() / (problem.variables() * problem.classes());
    if (needs.contains(Requirement.BINARY_VARIABLES) && problem.classes() > 2) {
      return Optional.of(
          "it is for binary variables; those of this objective have "
              + problem.classes()
              + " classes");
    }
    if (needs.contains(Requirement.ONE_VARIABLE) && problem.variables() > 1) {
      return Optional.of("it is for one variable; this objective has " + problem.variables());
    }
    if (traits.bias() == Bias.EXACT && !(states * batch <= MOST_STATES)) {
      return Optional.of("too many states to enumerate at once");
    }
    return switch (traits.target()) {
      case EXPECTATION -> Optional.empty();
      case MULTI_SAMPLE_BOUND ->
          Math.pow(states, (double) traits.boundSamples()) * batch <= MOST_STATES
              ? Optional.empty()
              : Optional.of(
                  "it estimates the gradient of a bound by "
                      + traits.boundSamples()
                      + " samples, which has too many states here to enumerate");
      case SUBSET_EXPECTATION ->
          Optional.of("it estimates the gradient of an expectation over subsets");
      case PERTURBED_MAXIMISER ->
          Optional.of("it estimates the gradient of a perturbed maximiser, not of E[f(z)]");
    };
  }

  /** Copies list and map, keeping the order. */
  public Plan {
    trials = List.copyOf(trials);
    leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
  }
}
