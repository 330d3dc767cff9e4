package org.gumbel4j.estimators.diagnostics;

import java.util.stream.IntStream;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.ExactSubset;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/** Gradients by enumeration, of what the various estimators estimate. */
@SuppressWarnings("try") // scopes are there for what they close
final class ExactReferences {
  private ExactReferences() {}

  /** ∇E[f(z)]. */
  static ExactReference expectation(Tensor logits, ObjectiveFunction f) {
    try (Scope scope = logits.device().openScope()) {
      ValueAndGradient exact =
          Autodiff.valueAndGradient(x -> Exact.of().expectation(x, f).sum(), logits.stopGradient());
      return ExactReference.of(doubles(exact.gradient()), exact.value().item());
    }
  }

  /** ∇E[f(z)] over the subsets of as many classes as the traits say. */
  static ExactReference subsets(Tensor logits, ObjectiveFunction f, EstimatorTraits traits) {
    ExactSubset exact = ExactSubset.of(Math.toIntExact(traits.subsetSize()));
    try (Scope scope = logits.device().openScope()) {
      ValueAndGradient result =
          Autodiff.valueAndGradient(x -> exact.expectation(x, f).sum(), logits.stopGradient());
      return ExactReference.of(doubles(result.gradient()), result.value().item());
    }
  }

  /**
   * ∇E[log 1/S Σ exp f(zₛ)], by {@link Exact#bound}.
   *
   * @param traits which say S
   */
  static ExactReference multiSampleBound(
      Tensor logits, ObjectiveFunction f, EstimatorTraits traits) {
    int samples = Math.toIntExact(traits.boundSamples());
    try (Scope scope = logits.device().openScope()) {
      ValueAndGradient exact =
          Autodiff.valueAndGradient(
              x -> Exact.of().bound(x, f, samples).sum(), logits.stopGradient());
      return ExactReference.of(doubles(exact.gradient()), exact.value().item());
    }
  }

  /** The entries of a floating tensor. */
  static double[] doubles(Tensor x) {
    if (x.dtype() == DType.FLOAT64) {
      return x.toDoubles();
    }
    float[] values = x.toFloats();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
