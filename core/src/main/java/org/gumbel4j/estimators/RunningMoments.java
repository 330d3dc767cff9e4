package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Exponentially weighted mean and variance of all entries seen, without the pull of a start at 0:
 * with w ← αw + 1 − α and η = (1 − α)/w, the mean moves by ηδ, δ the distance to the new entries'
 * mean, and the variance becomes (1 − η)(v + ηδ²) + η·(variance of the new entries). The first step
 * has η = 1.
 */
record RunningMoments(Tensor weight, Tensor mean, Tensor variance) {
  static final int SIZE = 3;

  static RunningMoments start(Device device, DType dtype) {
    return of(List.of(zero(device, dtype), zero(device, dtype), zero(device, dtype)));
  }

  static RunningMoments of(List<Tensor> state) {
    return new RunningMoments(state.get(0), state.get(1), state.get(2));
  }

  List<Tensor> toList() {
    return List.of(weight, mean, variance);
  }

  RunningMoments after(Tensor values, double decay) {
    if (values.shape().isEmpty()) {
      return this;
    }
    Tensor batchMean = values.mean();
    Tensor batchVariance = values.sub(batchMean).square().mean();
    Tensor nextWeight = weight.mul(decay).add(1 - decay);
    Tensor rate = nextWeight.reciprocal().mul(1 - decay).minimum(1);
    Tensor distance = batchMean.sub(mean);
    Tensor spread = variance.add(rate.mul(distance.square()));
    return new RunningMoments(
        nextWeight,
        mean.add(rate.mul(distance)),
        spread.mul(rate.neg().add(1)).add(rate.mul(batchVariance)));
  }

  static double requireDecay(String owner, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(owner + ": decay = " + decay + " must be in [0, 1)");
    }
    return decay;
  }

  // not a shared scalar: a state's tensors are closed one by one
  private static Tensor zero(Device device, DType dtype) {
    return device.zeros(Shape.SCALAR, dtype);
  }
}
