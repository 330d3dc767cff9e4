package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A control variate that is a network of one hidden layer,
 *
 * <pre>
 * r(z) = vᵀ tanh(W (2y − 1) + U (2p − 1) + b) + a,  y = softmax(z) or σ(z),  p = E[D]
 * </pre>
 *
 * <p>It sees z through y, so that a mask or a large logit cannot upset it, and p, since one network
 * serves a batch whose members have objectives of their own. v and a begin as 0, and so r does.
 *
 * @param hidden the number of hidden units
 */
record ControlNetwork(int hidden) {
  /** The shapes of W, U, b, v, a. */
  List<Shape> shapes(Tensor logits) {
    long features = logits.shape().dim(-1) * logits.shape().dim(-2);
    return List.of(
        Shape.of(features, hidden),
        Shape.of(features, hidden),
        Shape.of(hidden),
        Shape.of(hidden, 1),
        Shape.of(1));
  }

  /** The parameters before the first step. */
  List<Tensor> start(Tensor logits, Key key) {
    Device device = logits.device();
    DType dtype = logits.dtype();
    List<Shape> shapes = shapes(logits);
    double spread = 1 / Math.sqrt(2.0 * Math.max(1, shapes.get(0).dim(0)));
    return List.of(
        device.noise(Noise.NORMAL, key.child(0), shapes.get(0), dtype).mul(spread),
        device.noise(Noise.NORMAL, key.child(1), shapes.get(1), dtype).mul(spread),
        device.zeros(shapes.get(2), dtype),
        device.zeros(shapes.get(3), dtype),
        device.zeros(shapes.get(4), dtype));
  }

  /** r(z) of its parameters, [samples…, batch…]; p is taken as a constant. */
  Tensor at(List<Tensor> parameters, PerturbedLatents draw, Tensor z) {
    Tensor one = z.device().scalar(1, z.dtype());
    Tensor hiddenOfZ = product(RelaxedValues.of(draw.latents(), z, one), parameters.get(0));
    Tensor hiddenOfInput = product(draw.probs(), parameters.get(1)).add(parameters.get(2));
    Tensor units = hiddenOfZ.add(hiddenOfInput).tanh();
    Shape rows = z.shape().axes(0, z.rank() - 2);
    return units
        .reshape(rows.size(), hidden)
        .linear(parameters.get(3), parameters.get(4))
        .reshape(rows);
  }

  /** (2y − 1) weight, of all rows. */
  private Tensor product(Tensor y, Tensor weight) {
    Shape rows = y.shape().axes(0, y.rank() - 2);
    Tensor flat = y.mul(2).sub(1).reshape(rows.size(), weight.shape().dim(0));
    return flat.matMul(weight).reshape(rows.concat(Shape.of(hidden)));
  }
}
