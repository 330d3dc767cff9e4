package org.gumbel4j.djl.nn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;

/**
 * One pass of a DJL block in double precision: its outputs, and the gradients of Σ w ⊙ y, y the
 * first output, by the input and the parameters.
 *
 * @param outputs in order
 * @param shapes of the outputs
 * @param inputGradient by the input
 * @param parameters as they were initialised
 * @param gradients by the parameters
 */
@SuppressWarnings("ArrayRecordComponent")
public record Pass(
    List<double[]> outputs,
    List<Shape> shapes,
    double[] inputGradient,
    Map<String, double[]> parameters,
    Map<String, double[]> gradients) {

  public static double[] noise(long key, int count) {
    return Key.of(key).doubles(Noise.NORMAL, count);
  }

  /** The w of the gradient. */
  public static double[] weights(int count) {
    return noise(-1, count);
  }

  public static Pass training(String engine, Block block, double[] x, long... dims) {
    return of(engine, block, true, x, dims);
  }

  public static Pass of(
      String engineName, Block block, boolean training, double[] x, long... dims) {
    Engine engine = Engine.getEngine(engineName);
    Shape shape = new Shape(dims);
    try (NDManager manager = engine.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT64, shape);
      ParameterStore store = new ParameterStore(manager, false);
      NDArray input = manager.create(x, shape);
      input.setRequiresGradient(true);
      List<double[]> outputs = new ArrayList<>();
      List<Shape> shapes = new ArrayList<>();
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDList y = block.forward(store, new NDList(input), training);
        NDArray w = manager.create(weights(Math.toIntExact(y.head().size())), y.head().getShape());
        collector.backward(y.head().mul(w).sum());
        for (NDArray output : y) {
          outputs.add(output.toDoubleArray());
          shapes.add(output.getShape());
        }
      }
      Map<String, double[]> parameters = new LinkedHashMap<>();
      Map<String, double[]> gradients = new LinkedHashMap<>();
      for (Pair<String, ai.djl.nn.Parameter> p : block.getParameters()) {
        parameters.put(p.getKey(), p.getValue().getArray().toDoubleArray());
        gradients.put(p.getKey(), p.getValue().getArray().getGradient().toDoubleArray());
      }
      return new Pass(outputs, shapes, input.getGradient().toDoubleArray(), parameters, gradients);
    }
  }
}
