package org.gumbel4j.examples.papers;

import java.util.Arrays;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.model.SemiSupervisedVae;
import org.gumbel4j.examples.training.TrainingListener;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/**
 * Steps of a semi-supervised autoencoder whose unknown class is added up over all its values, and
 * steps in which one sample stands for it. Both are whole steps: batch, gradient, Adam. They are
 * taken in turn, so that what else the machine does falls on both alike.
 */
@SuppressWarnings("try") // scopes are there for what they close
public final class SemiSupervisedTiming {
  private static final double RATE = 3e-4;

  private final Device device;
  private final Images pictures;
  private final int batch;
  private final int labelled;
  private final GradientEstimator sampler;

  /**
   * Makes a measurement.
   *
   * @param batch pictures without a label in a step
   * @param labelled pictures with one; 0 for none
   * @param sampler what draws the class
   */
  public SemiSupervisedTiming(
      Device device, Images pictures, int batch, int labelled, GradientEstimator sampler) {
    this.device = device;
    this.pictures = pictures;
    this.batch = batch;
    this.labelled = labelled;
    this.sampler = sampler;
  }

  /**
   * Measures.
   *
   * @param classes K; labels only cost time here, and are made up
   * @param warmUp steps of each kind that are not counted
   * @param steps of each kind that are
   */
  public StepTimes measure(int classes, int warmUp, int steps, Key key, TrainingListener listener) {
    double[] marginal = new double[steps];
    double[] sampled = new double[steps];
    GradientEstimator exact = new Exact(Math.multiplyExact((long) classes, batch));
    listener.started(classes + " classes", 2L * (warmUp + steps));
    try (Side adding = new Side(classes, exact, key);
        Side drawing = new Side(classes, sampler, key)) {
      for (int i = -warmUp; i < steps; i++) {
        double first = adding.seconds(i + warmUp, listener);
        double second = drawing.seconds(i + warmUp, listener);
        if (i >= 0) {
          marginal[i] = first;
          sampled[i] = second;
        }
      }
    } finally {
      listener.finished();
    }
    return new StepTimes(classes, marginal, sampled);
  }

  /** One of the two, with parameters of its own. */
  private final class Side implements AutoCloseable {
    private final int classes;
    private final SemiSupervisedVae model;
    private final GradientEstimator estimator;
    private final Key key;
    private final Adam adam = Adam.of(RATE);
    private AdamState state;

    Side(int classes, GradientEstimator estimator, Key key) {
      this.classes = classes;
      this.model = SemiSupervisedVae.of(pictures.pixelsPerImage(), classes);
      this.estimator = estimator;
      this.key = key;
      this.state = adam.start(model.initialise(device, key.fold(0)));
    }

    double seconds(int step, TrainingListener listener) {
      device.synchronize();
      long begin = System.nanoTime();
      double loss = step(step);
      device.synchronize();
      double seconds = (System.nanoTime() - begin) / 1e9;
      listener.stepped(loss);
      return seconds;
    }

    private double step(int step) {
      Key noise = key.fold(1).fold(step);
      try (Scope scope = device.openScope()) {
        Tensor x = some(step, batch);
        var result =
            Autodiff.valueAndGradient(
                p -> {
                  Tensor unlabelled =
                      model.unlabelledLoss(p, x, estimator::surrogate, noise.child(0)).mean();
                  return labelled == 0
                      ? unlabelled
                      : unlabelled.add(
                          model
                              .labelledLoss(
                                  p, some(step + 1, labelled), labels(step), noise.child(1))
                              .mean());
                },
                state.parameters());
        state = adam.advance(state, result.gradients(), scope);
        return result.value().item();
      }
    }

    private Tensor some(int step, int size) {
      int[] order = new int[size];
      Arrays.setAll(order, i -> Math.floorMod(step * size + i, pictures.count()));
      return device.tensor(pictures.batch(order, 0, size), size, pictures.pixelsPerImage());
    }

    private Tensor labels(int step) {
      long[] values = new long[labelled];
      Arrays.setAll(values, i -> Math.floorMod(step + i, classes));
      return device.tensor(values, labelled).oneHot(classes, DType.FLOAT32);
    }

    @Override
    public void close() {
      state.close();
    }
  }
}
