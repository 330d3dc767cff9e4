package org.gumbel4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import org.gumbel4j.djl.DjlBackend;
import org.gumbel4j.djl.internal.OnTape;
import org.gumbel4j.relaxation.Codebook;

/**
 * Keeps all entries of a codebook in use: weight · (G·V − Σ perplexity)/(G·V), of the probabilities
 * averaged over the batch (Baevski et al., arXiv 2006.11477, with weight 0.1). See {@link
 * Codebook#diversityLoss}.
 *
 * <p>Predictions: the codes' logits [batch…, G, V], the second output of {@link
 * org.gumbel4j.djl.nn.GumbelVectorQuantizer} unless another place is given. Labels are not looked
 * at. To be added to the loss of the task:
 *
 * <pre>{@code
 * new SimpleCompositeLoss().addLoss(task).addLoss(new CodebookDiversityLoss(0.1));
 * }</pre>
 *
 * @since 0.1
 */
public final class CodebookDiversityLoss extends Loss {
  private static final String NAME = "CodebookDiversityLoss";

  private final double weight;
  private final int index;

  /** For logits that are the second prediction. */
  public CodebookDiversityLoss(double weight) {
    this(weight, 1);
  }

  /**
   * For logits that are another prediction.
   *
   * @param index the place of the logits among the predictions, counted from 0
   * @throws IllegalArgumentException if the weight is not finite, or the index negative
   */
  public CodebookDiversityLoss(double weight, int index) {
    super(NAME);
    if (!Double.isFinite(weight) || index < 0) {
      throw new IllegalArgumentException(
          NAME + ": weight = " + weight + " must be finite, index = " + index + " not negative");
    }
    this.weight = weight;
    this.index = index;
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    Predictions.requireSize(NAME, predictions, index + 1, "the codes' logits");
    NDArray logits = predictions.get(index);
    return OnTape.call(
        NAME, logits, tape -> Codebook.diversityLoss(DjlBackend.wrap(tape, logits)).mul(weight));
  }
}
