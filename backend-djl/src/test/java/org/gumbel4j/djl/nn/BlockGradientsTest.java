package org.gumbel4j.djl.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.djl.WhereMxNetIs;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.Codebook;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What blocks compute, and the gradients that the engine's tape takes of it, are those of core's
 * algorithms and its own differentiation on the CPU backend, with the key that the block's
 * documentation names.
 */
@ExtendWith(WhereMxNetIs.class)
class BlockGradientsTest {
  private static final Key KEY = Key.of(77);
  private static final Key FIRST_PASS = KEY.child(0).fold(0);

  /** Both sides compute in double; what differs is the order of sums, and exp and log by an ulp. */
  private static final double TOLERANCE = 1e-12;

  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void gumbelSoftmax(String engine) {
    for (boolean hard : new boolean[] {false, true}) {
      Block block =
          GumbelSoftmaxBlock.builder().optTemperature(0.7f).optHard(hard).optKey(KEY).build();
      agrees(
          engine,
          block,
          List.of(Shape.of(5, 4)),
          p -> GumbelSoftmax.of(0.7f).hard(hard).sample(p.get(0), FIRST_PASS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void gumbelSoftmaxOfGroupsAlongTheChannels(String engine) {
    Block block =
        GumbelSoftmaxBlock.builder()
            .optTemperature(0.7f)
            .optAxis(1)
            .optGroups(2)
            .optOutputLogits(true)
            .optKey(KEY)
            .build();
    Pass pass =
        agrees(
            engine,
            block,
            List.of(Shape.of(2, 6, 3)),
            p ->
                GumbelSoftmax.of(0.7f)
                    .axis(2)
                    .sample(p.get(0).reshape(2, 2, 3, 3), FIRST_PASS)
                    .reshape(2, 6, 3));
    assertThat(pass.shapes().get(1).getShape()).containsExactly(2, 3, 2, 3);
    Tensor x = device.tensor(Pass.noise(0, 36), 2, 2, 3, 3);
    assertThat(pass.outputs().get(1)).isEqualTo(x.permute(0, 3, 1, 2).toDoubles());
    assertThat(block.getOutputShapes(new ai.djl.ndarray.types.Shape[] {shape(2, 6, 3)}))
        .containsExactlyElementsOf(pass.shapes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void straightThrough(String engine) {
    StraightThroughBlock.Builder builder =
        StraightThroughBlock.builder().optTemperature(0.6f).optKey(KEY);
    Function<Tensor, Tensor> soft = x -> x.div((double) 0.6f).softmax(-1);
    agrees(
        engine,
        builder.build(),
        List.of(Shape.of(5, 4)),
        p ->
            CustomGradient.straightThrough(
                GumbelMax.oneHot(p.get(0), FIRST_PASS), soft.apply(p.get(0))));
    agrees(
        engine,
        builder.optSample(false).build(),
        List.of(Shape.of(5, 4)),
        p ->
            CustomGradient.straightThrough(
                p.get(0).stopGradient().argMax(-1).oneHot(4, DType.FLOAT64), soft.apply(p.get(0))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void vectorQuantizer(String engine) {
    for (boolean hard : new boolean[] {false, true}) {
      Block block =
          GumbelVectorQuantizer.builder()
              .setEntries(3)
              .setUnits(4)
              .optGroups(2)
              .optHard(hard)
              .optTemperature(0.7f)
              .optOutputLogits(true)
              .optKey(KEY)
              .build();
      Pass pass =
          agrees(
              engine,
              block,
              List.of(Shape.of(7, 5), Shape.of(2, 3, 2), Shape.of(6, 5), Shape.of(6)),
              p -> quantised(p, p.get(0), hard));
      assertThat(pass.shapes().get(1).getShape()).containsExactly(7, 2, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void vectorQuantizerOfPixels(String engine) {
    Block block =
        GumbelVectorQuantizer.builder()
            .setEntries(3)
            .setUnits(4)
            .optGroups(2)
            .optAxis(1)
            .optTemperature(0.7f)
            .optKey(KEY)
            .build();
    Pass pass =
        agrees(
            engine,
            block,
            List.of(Shape.of(2, 5, 3, 2), Shape.of(2, 3, 2), Shape.of(6, 5), Shape.of(6)),
            p ->
                quantised(p, p.get(0).permute(0, 2, 3, 1).reshape(12, 5), true)
                    .reshape(2, 3, 2, 4)
                    .permute(0, 3, 1, 2));
    assertThat(block.getOutputShapes(new ai.djl.ndarray.types.Shape[] {shape(2, 5, 3, 2)}))
        .containsExactlyElementsOf(pass.shapes());
  }

  /** Parameters in DJL's order: the block's own before those of its children. */
  private static Tensor quantised(List<Tensor> p, Tensor rows, boolean hard) {
    Tensor logits = rows.matMul(p.get(2), false, true).add(p.get(3));
    Tensor grouped = logits.reshape(logits.shape().dim(0), 2, 3);
    return Codebook.lookUp(GumbelSoftmax.of(0.7f).hard(hard).sample(grouped, FIRST_PASS), p.get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void gates(String engine) {
    for (GateKind kind : GateKind.values()) {
      for (boolean perExample : new boolean[] {false, true}) {
        RelaxedBernoulliGate block =
            RelaxedBernoulliGate.builder()
                .optKind(kind)
                .optPerExample(perExample)
                .optInitiallyOpen(0.6)
                .optTemperature(0.5f)
                .optAxis(1)
                .optKey(KEY)
                .build();
        agrees(
            engine,
            block,
            List.of(Shape.of(6, 5, 2), Shape.of(5)),
            p -> p.get(0).mul(gate(kind, p.get(1), perExample ? 6 : 1)));
      }
    }
  }

  /** From the papers' formulas. */
  private static Tensor gate(GateKind kind, Tensor theta, long examples) {
    Tensor noise =
        device.noise(Noise.LOGISTIC, FIRST_PASS, Shape.of(examples, 5, 1), DType.FLOAT64);
    Tensor logit = theta.reshape(1, 5, 1).add(noise).div(0.5);
    Tensor soft = logit.sigmoid();
    return switch (kind) {
      case RELAXED -> soft;
      case BINARY ->
          CustomGradient.straightThrough(soft.stopGradient().gt(0.5).cast(DType.FLOAT64), soft);
      case HARD_CONCRETE -> soft.mul(1.2).sub(0.1).maximum(0).minimum(1);
    };
  }

  /** A gate that is almost surely shut has logits beyond where e^−x is finite in FLOAT32. */
  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void shutGatesHaveFiniteGradientsInSinglePrecision(String engineName) {
    Engine engine = Engine.getEngine(engineName);
    for (GateKind kind : GateKind.values()) {
      RelaxedBernoulliGate block =
          RelaxedBernoulliGate.builder()
              .optKind(kind)
              .optInitiallyOpen(1e-4)
              .optTemperature(0.1f)
              .optKey(KEY)
              .build();
      try (NDManager manager = engine.newBaseManager()) {
        block.initialize(manager, DataType.FLOAT32, shape(8, 4));
        NDArray theta = block.getParameters().valueAt(0).getArray();
        theta.setRequiresGradient(true);
        NDList x = new NDList(manager.ones(shape(8, 4)));
        try (GradientCollector collector = engine.newGradientCollector()) {
          NDArray y = block.forward(new ParameterStore(manager, false), x, true).head();
          collector.backward(y.sum());
        }
        Tensor start = device.tensor(theta.toFloatArray(), 4);
        Tensor noise = device.noise(Noise.LOGISTIC, FIRST_PASS, Shape.of(8, 4), DType.FLOAT32);
        Tensor expected =
            Autodiff.gradient(
                p -> {
                  Tensor soft = p.add(noise).div(0.1f).sigmoid();
                  return kind == GateKind.HARD_CONCRETE
                      ? soft.mul(1.2).sub(0.1).maximum(0).minimum(1).sum()
                      : soft.sum();
                },
                start);
        // τ divides the logits' rounding error, of 1e-6, by 0.1; engines flush what is not normal
        float[] wanted = expected.toFloats();
        float[] found = theta.getGradient().toFloatArray();
        for (int i = 0; i < wanted.length; i++) {
          assertThat(found[i])
              .isCloseTo(
                  wanted[i], within(Math.max(1e-4f * Math.abs(wanted[i]), Float.MIN_NORMAL)));
        }
      }
    }
  }

  /** Compares with a function of the input and the parameters, all of the given shapes. */
  private static Pass agrees(
      String engine, Block block, List<Shape> shapes, Function<List<Tensor>, Tensor> core) {
    double[] x = Pass.noise(0, Math.toIntExact(shapes.get(0).size()));
    Pass pass = Pass.training(engine, block, x, shapes.get(0).toArray());

    List<double[]> values = new ArrayList<>(List.of(x));
    values.addAll(pass.parameters().values());
    List<Tensor> arguments = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      arguments.add(device.tensor(values.get(i), shapes.get(i).toArray()));
    }
    Tensor y = core.apply(arguments);
    Tensor w = device.tensor(Pass.weights(Math.toIntExact(y.size())), y.shape().toArray());
    List<Tensor> gradients =
        Autodiff.valueAndGradient(p -> core.apply(p).mul(w).sum(), arguments).gradients();

    assertThat(pass.outputs().get(0)).containsExactly(y.toDoubles(), within(TOLERANCE));
    assertThat(pass.shapes().get(0).getShape()).isEqualTo(y.shape().toArray());
    assertThat(pass.inputGradient())
        .containsExactly(gradients.get(0).toDoubles(), within(TOLERANCE));
    int next = 1;
    for (double[] found : pass.gradients().values()) {
      assertThat(found).containsExactly(gradients.get(next++).toDoubles(), within(TOLERANCE));
    }
    return pass;
  }

  private static ai.djl.ndarray.types.Shape shape(long... dims) {
    return new ai.djl.ndarray.types.Shape(dims);
  }
}
