package org.gumbel4j.examples.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.SyntheticDigits;
import org.gumbel4j.examples.model.GumbelVae;
import org.gumbel4j.examples.training.Estimator;
import org.gumbel4j.examples.training.LogitsForm;
import org.gumbel4j.examples.training.Schedule;
import org.gumbel4j.examples.training.VaeSettings;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DjlVaeTest {
  private static final int BATCH = 3;
  private static final int PIXELS = SyntheticDigits.SIDE * SyntheticDigits.SIDE;

  /**
   * With the same parameters and the same noise, DJL's blocks and the tensors of {@code vae} come
   * to the same loss and the same gradients, in double.
   */
  @ParameterizedTest
  @CsvSource({"PYTORCH, GUMBEL_SOFTMAX", "MXNET, ST_GUMBEL_SOFTMAX"})
  void theModelIsThatOfVae(DjlEngine engine, Estimator estimator) {
    engine.require();
    ImageDataset pictures = SyntheticDigits.draw(Key.of(4), BATCH, BATCH);
    VaeSettings settings = settings(estimator);
    double[] x = doubles(pictures.train().range(0, BATCH));
    try (DjlVae vae = new DjlVae(engine.on("cpu"), pictures, settings);
        NDManager manager = engine.engine().newBaseManager();
        Device cpu = Backends.named("cpu")) {
      NDList pixels = new NDList(manager.create(x, new Shape(BATCH, PIXELS)));
      vae.model().getBlock().initialize(manager, DataType.FLOAT64, new Shape(BATCH, PIXELS));
      double loss;
      try (GradientCollector collector = engine.engine().newGradientCollector()) {
        NDList predictions =
            vae.model().getBlock().forward(new ParameterStore(manager, false), pixels, true);
        NDArray value = DjlVae.loss().evaluate(pixels, predictions);
        collector.backward(value);
        loss = value.getDouble();
      }

      List<Parameter> theirs = vae.model().getBlock().getParameters().values();
      List<Tensor> parameters = new ArrayList<>();
      theirs.forEach(p -> parameters.add(asOurs(cpu, p.getArray())));
      GumbelVae model = GumbelVae.of(PIXELS, List.of(512, 256), 5, 4, false);
      GumbelSoftmax relaxed = GumbelSoftmax.of(1).hard(estimator == Estimator.ST_GUMBEL_SOFTMAX);
      Key noise = Key.of(settings.seed()).child(1).child(0).fold(0);
      ValueAndGradient ours =
          Autodiff.valueAndGradient(
              p ->
                  model.loss(
                      p, cpu.tensor(x, BATCH, PIXELS), logits -> relaxed.sample(logits, noise)),
              parameters);

      // sums of a thousand terms in another order, relative to losses of some hundreds
      assertThat(loss).isCloseTo(ours.value().item(), within(1e-9));
      for (int i = 0; i < theirs.size(); i++) {
        Tensor gradient = asOurs(cpu, theirs.get(i).getArray().getGradient());
        assertThat(gradient.sub(ours.gradients().get(i)).abs().max().item()).isLessThan(1e-9);
      }
    }
  }

  /** DJL's weights are [outputs, inputs], ours [inputs, outputs]. */
  private static Tensor asOurs(Device cpu, NDArray parameter) {
    Tensor x = cpu.tensor(parameter.toDoubleArray(), parameter.getShape().getShape());
    return x.rank() == 2 ? x.permute(1, 0) : x;
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static VaeSettings settings(Estimator estimator) {
    return new VaeSettings(
        estimator,
        1,
        0.5,
        OptionalDouble.empty(),
        Schedule.EXPONENTIAL,
        LogitsForm.LINEAR,
        false,
        5,
        4,
        BATCH,
        1,
        1e-3,
        6);
  }
}
