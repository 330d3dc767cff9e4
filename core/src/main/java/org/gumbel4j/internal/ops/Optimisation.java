package org.gumbel4j.internal.ops;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.gumbel4j.internal.TensorAccess;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** Steps of optimisers, without gradients of their own. */
public final class Optimisation {
  private static final String ADAM = "adamStep";

  private Optimisation() {}

  /**
   * The parameter and its two moments after a step of Adam.
   *
   * @param inPlace whether the caller releases those of before, and they may be written over
   */
  public static AdamStep<Tensor> adamStep(
      Tensor parameter,
      Tensor gradient,
      Tensor m,
      Tensor v,
      AdamCoefficients coefficients,
      boolean inPlace) {
    String op = ADAM;
    requireAdamStep(parameter, gradient, m, v, coefficients);
    if (parameter.shape().isEmpty()) {
      return new AdamStep<>(parameter, m, v);
    }
    Backend<Object> backend = Op.backend(parameter);
    List<Object> results =
        parameter
            .device()
            .scopedAll(
                () -> {
                  Object p = Op.handle(parameter, op);
                  Object g = Op.handle(gradient, op);
                  Object m1 = Op.handle(m, op);
                  Object m2 = Op.handle(v, op);
                  FusedOps<Object> fused = backend.fused();
                  AdamStep<Object> step =
                      inPlace
                          ? fused.adamStepInPlace(p, g, m1, m2, coefficients)
                          : fused.adamStep(p, g, m1, m2, coefficients);
                  return List.of(step.parameter(), step.firstMoment(), step.secondMoment());
                });
    return new AdamStep<>(
        wrap(parameter, results.get(0)),
        wrap(parameter, results.get(1)),
        wrap(parameter, results.get(2)));
  }

  /**
   * Checks what {@link #adamStep} is given. Who takes steps in place checks all of them first, so
   * that none is taken where one cannot be.
   */
  public static void requireAdamStep(
      Tensor parameter, Tensor gradient, Tensor m, Tensor v, AdamCoefficients coefficients) {
    Op.floating(ADAM, parameter);
    if (parameter.dtype() == DType.FLOAT32) {
      Checks.positive(ADAM, "epsilon, rounded to FLOAT32,", (float) coefficients.epsilon());
      Checks.positive(
          ADAM, "learningRate, rounded to FLOAT32,", (float) coefficients.learningRate());
    }
    requireAlike(ADAM, parameter, List.of(gradient, m, v));
  }

  /**
   * Whether no two of the tensors are the same entries, and none of them those of the others, so
   * that each may be written over while the rest is still read.
   */
  public static boolean areApart(List<Tensor> tensors, List<Tensor> others) {
    Set<Object> handles = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Tensor x : tensors) {
      if (!x.shape().isEmpty() && !handles.add(Op.handle(x, ADAM))) {
        return false;
      }
    }
    return others.stream()
        .allMatch(x -> x.shape().isEmpty() || !handles.contains(Op.handle(x, ADAM)));
  }

  /** Checks that a parameter is floating, and others are of its shape, type and device. */
  public static void requireAlike(String op, Tensor parameter, List<Tensor> others) {
    Op.floating(op, parameter);
    for (Tensor other : others) {
      Op.sameType(op, parameter, other);
      if (!other.shape().equals(parameter.shape())) {
        throw new IllegalArgumentException(
            op
                + ": parameter "
                + parameter.shape()
                + " and its gradient or moment "
                + other.shape()
                + " must have one shape");
      }
    }
  }

  private static Tensor wrap(Tensor like, Object handle) {
    return TensorAccess.get().create(like.device(), handle, like.shape(), like.dtype(), null, ADAM);
  }
}
