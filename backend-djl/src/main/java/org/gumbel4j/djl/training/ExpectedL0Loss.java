package org.gumbel4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.djl.nn.RelaxedBernoulliGate;

/**
 * The price of open gates: weight · Σ P(z ≠ 0) over all {@link RelaxedBernoulliGate}s of a model,
 * the expected L0 norm (Louizos, Welling and Kingma, arXiv 1712.01312). To be added to the loss of
 * the task:
 *
 * <pre>{@code
 * new SimpleCompositeLoss().addLoss(task).addLoss(new ExpectedL0Loss(model.getBlock(), 1e-3));
 * }</pre>
 *
 * <p>Looks at neither labels nor predictions, but at the gates' own parameters; so, like DJL's
 * {@code L2WeightDecay}, it is for training on one device.
 *
 * @since 0.1
 */
public final class ExpectedL0Loss extends Loss {
  private static final String NAME = "ExpectedL0Loss";

  private final List<RelaxedBernoulliGate> gates;
  private final double weight;

  /**
   * A penalty of a model's gates.
   *
   * @param model whose blocks are searched for gates
   * @param weight what an open gate costs; λ/N in the paper, N the number of training examples, if
   *     the loss of the task is a mean over them
   * @throws IllegalArgumentException if the model has no gate, or the weight is not finite
   */
  public ExpectedL0Loss(Block model, double weight) {
    super(NAME);
    List<RelaxedBernoulliGate> found = new ArrayList<>();
    collect(model, found);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          NAME + ": the model has no RelaxedBernoulliGate to be penalised");
    }
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException(NAME + ": weight = " + weight + " must be finite");
    }
    this.gates = List.copyOf(found);
    this.weight = weight;
  }

  private static void collect(Block block, List<RelaxedBernoulliGate> found) {
    if (block instanceof RelaxedBernoulliGate gate && !found.contains(gate)) {
      found.add(gate);
    }
    block.getChildren().values().forEach(child -> collect(child, found));
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray like = predictions.head();
    NDArray sum = gates.get(0).expectedL0(like);
    for (RelaxedBernoulliGate gate : gates.subList(1, gates.size())) {
      sum = sum.add(gate.expectedL0(like));
    }
    return sum.mul(weight);
  }
}
