package org.gumbel4j.examples.estimators;

import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.diagnostics.EstimatorDiagnostics;
import org.gumbel4j.estimators.diagnostics.ExactReference;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/** Problems that are written down, not trained. */
public final class ClosedProblems {
  private static final double TOY_TARGET = 0.45;
  private static final int BITS = 128;
  private static final double POLYNOMIAL_TARGET = 0.45;
  private static final double POWER = 3;
  private static final int VARIABLES = 4;
  private static final int CLASSES = 4;

  private ClosedProblems() {}

  /**
   * E(b − 0.45)² of one coin at σ(θ) = ½, as REBAR has it (Tucker et al., arXiv 1703.07370): values
   * that hardly differ, and a gradient of (1 − 2·0.45)/4 that drowns in noise.
   */
  public static Problem toy(Device device) {
    return enumerated(
        "toy",
        "E(b − 0.45)² of one coin, P(b = 1) = ½",
        device.tensor(new float[] {0}, 1, 1),
        z -> z.sub(TOY_TARGET).square().sum(-1, -2));
  }

  /**
   * E ‖b − 0.45‖₃³/128 of 128 coins, their logits normal with deviation ½. The objective is a sum
   * over bits, and so the exact gradient is had bit by bit, though 2¹²⁸ states cannot be counted.
   */
  public static Problem polynomial(Device device) {
    float[] logits = Key.of(128).floats(Noise.NORMAL, BITS);
    for (int i = 0; i < BITS; i++) {
      logits[i] *= 0.5f;
    }
    ObjectiveFunction perBit = z -> z.sub(POLYNOMIAL_TARGET).abs().pow(POWER).div(BITS).sum(-1, -2);
    ExactReference exact =
        exact(device.tensor(logits, BITS, 1, 1), perBit); // a batch of single bits
    return new Problem(
        "polynomial",
        "E ‖b − 0.45‖₃³/128 of 128 coins",
        device.tensor(logits, BITS, 1),
        perBit,
        exact);
  }

  /** A quadratic of 4 variables of 4 classes, which couples all: u² + v, u and v weighted sums. */
  public static Problem quadratic(Device device) {
    int n = VARIABLES * CLASSES;
    Key key = Key.of(4);
    Tensor logits = device.tensor(key.child(0).floats(Noise.NORMAL, n), VARIABLES, CLASSES);
    Tensor u = device.tensor(key.child(1).floats(Noise.NORMAL, n), VARIABLES, CLASSES);
    Tensor v = device.tensor(key.child(2).floats(Noise.NORMAL, n), VARIABLES, CLASSES);
    return enumerated(
        "quadratic",
        "E[⟨u, z⟩² + ⟨v, z⟩] of 4 variables of 4 classes, all numbers normal",
        logits,
        z -> z.mul(u).sum(-1, -2).square().add(z.mul(v).sum(-1, -2)));
  }

  private static Problem enumerated(
      String name, String description, Tensor logits, ObjectiveFunction f) {
    return new Problem(name, description, logits, f, exact(logits, f));
  }

  /** By enumeration. */
  static ExactReference exact(Tensor logits, ObjectiveFunction f) {
    return EstimatorDiagnostics.of(logits, f).exact(Estimators.named("exact"));
  }
}
