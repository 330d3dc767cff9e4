package org.gumbel4j.internal.catalogue;

import java.util.Map;
import org.gumbel4j.estimators.GumbelSoftmaxEstimator;

/** Estimators whose gradient passes through the sample. */
public final class PathwiseFamily extends EstimatorFamily {
  /** For the service loader. */
  public PathwiseFamily() {
    super(
        Map.of(
            "gumbel-softmax",
            Entry.of(
                o ->
                    new GumbelSoftmaxEstimator(
                        o.number("temperature", 1), false, o.count("samples", 1)),
                "temperature",
                "samples"),
            "st-gumbel-softmax",
            Entry.of(
                o ->
                    new GumbelSoftmaxEstimator(
                        o.number("temperature", 1), true, o.count("samples", 1)),
                "temperature",
                "samples")));
  }
}
