package org.gumbel4j.conformance.chapters;

import static org.gumbel4j.conformance.check.PlainAutoencoder.BATCH;
import static org.gumbel4j.conformance.check.PlainAutoencoder.CLASSES;
import static org.gumbel4j.conformance.check.PlainAutoencoder.CODES;
import static org.gumbel4j.conformance.check.PlainAutoencoder.PIXELS;
import static org.gumbel4j.conformance.check.PlainAutoencoder.TEMPERATURE;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.PlainAutoencoder;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/**
 * A hundred steps of training a small autoencoder through categorical codes: everything together,
 * noise, relaxation, gradients and Adam. Each backend is compared with the same plain loops, so
 * that all go the same way.
 */
public abstract class TrajectoryChapter extends Chapter {
  private static final int STEPS = 100;
  private static final double RATE = 3e-3;

  /** A flipped rounding grows from step to step; a wrong gradient shows in the second. */
  @Rule("J01")
  void aHundredStepsInSinglePrecisionLoseAsThePlainLoopsDo() {
    check(DType.FLOAT32, Tolerance.relative(1e-3));
  }

  @Rule(value = "J02", needs = Capability.FLOAT64)
  void aHundredStepsInDoublePrecisionLoseAsThePlainLoopsDo() {
    check(DType.FLOAT64, Tolerance.relative(1e-8));
  }

  /** Only of the first step: once an argmax has flipped, two runs go apart for good reason. */
  @Rule("J03")
  void theFirstGradientsThroughHardCodesAreThoseOfThePlainLoops() {
    for (DType dtype : floatingTypes()) {
      List<Tensor> start = start(dtype);
      ValueAndGradient actual = Autodiff.valueAndGradient(p -> loss(p, 0, dtype, true), start);
      PlainAutoencoder.Step expected =
          PlainAutoencoder.evaluate(
              PlainAutoencoder.start(),
              PlainAutoencoder.pictures(0),
              gumbel(dtype, 0, BATCH * CODES * CLASSES),
              true);
      Tolerance tolerance =
          dtype == DType.FLOAT64 ? new Tolerance(1e-11, 1e-13) : new Tolerance(1e-4, 1e-6);
      Close.check(
          () -> "loss with hard codes, " + dtype,
          new double[] {expected.loss()},
          new double[] {actual.value().item()},
          tolerance);
      for (int i = 0; i < start.size(); i++) {
        int parameter = i;
        Close.check(
            () -> "gradient by parameter " + parameter + " through hard codes, " + dtype,
            expected.gradients().get(i),
            read(actual.gradients().get(i)),
            tolerance);
      }
    }
  }

  private void check(DType dtype, Tolerance tolerance) {
    double[] expected = PlainAutoencoder.losses(STEPS, RATE, (step, n) -> gumbel(dtype, step, n));
    double[] actual = new double[STEPS];
    Adam adam = Adam.of(RATE);
    AdamState state = adam.start(start(dtype));
    for (int t = 0; t < STEPS; t++) {
      int step = t;
      try (Scope scope = device().openScope()) {
        ValueAndGradient both =
            Autodiff.valueAndGradient(p -> loss(p, step, dtype, false), state.parameters());
        actual[t] = both.value().item();
        state = state.replacedBy(adam.step(state, both.gradients()), scope);
      }
    }
    Close.check(
        () -> "losses of " + STEPS + " steps, " + dtype + " (last " + expected[STEPS - 1] + ")",
        expected,
        actual,
        tolerance);
  }

  private List<Tensor> start(DType dtype) {
    List<Tensor> parameters = new ArrayList<>();
    List<double[]> values = PlainAutoencoder.start();
    for (int i = 0; i < values.size(); i++) {
      parameters.add(tensor(values.get(i), dtype, PlainAutoencoder.shapes().get(i)));
    }
    return parameters;
  }

  private Tensor loss(List<Tensor> p, int step, DType dtype, boolean hard) {
    Tensor x = tensor(PlainAutoencoder.pictures(step), dtype, BATCH, PIXELS);
    Tensor logits =
        x.linear(p.get(0), p.get(1))
            .relu()
            .linear(p.get(2), p.get(3))
            .reshape(BATCH, CODES, CLASSES);
    Tensor codes =
        GumbelSoftmax.of(TEMPERATURE).hard(hard).sample(logits, PlainAutoencoder.noise(step));
    Tensor pixels =
        codes
            .reshape(BATCH, (long) CODES * CLASSES)
            .linear(p.get(4), p.get(5))
            .relu()
            .linear(p.get(6), p.get(7));
    Tensor divergence = logits.softmax(-1).mul(logits.logSoftmax(-1).add(Math.log(CLASSES)));
    return pixels.binaryCrossEntropyWithLogits(x).sum().add(divergence.sum()).div((double) BATCH);
  }

  private static double[] gumbel(DType dtype, int step, int count) {
    Key key = PlainAutoencoder.noise(step);
    return dtype == DType.FLOAT64
        ? key.doubles(Noise.GUMBEL, count)
        : Samples.toDoubles(key.floats(Noise.GUMBEL, count));
  }
}
