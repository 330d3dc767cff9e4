package org.gumbel4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Evaluator;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gumbel4j.djl.DjlBackend;
import org.gumbel4j.djl.internal.OnTape;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.Codebook;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/**
 * Of how many entries a codebook makes use: the perplexity of the most likely codes, exp(−Σ p log(p
 * + 10⁻⁷)), the mean over the groups. Between 1 and the number of entries. For {@code
 * DefaultTrainingConfig.addEvaluator}, so that DJL's listeners show it.
 *
 * <p>An accumulator counts codes over all its batches, so that an epoch's number is that of the
 * whole epoch, and not the mean of its batches' (which is lower). Reads G·V numbers back a batch.
 *
 * @since 0.1
 */
public final class CodebookPerplexity extends Evaluator {
  private static final String NAME = "CodebookPerplexity";

  private final int index;
  private final Map<String, Counts> counts = new ConcurrentHashMap<>();

  /**
   * How many codes fell to each entry; immutable.
   *
   * @param codes [G][V]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Counts(double[][] codes) {
    static final Counts NONE = new Counts(new double[0][]);

    static Counts of(double[] usage, long rows, int groups) {
      double[][] codes = new double[groups][usage.length / groups];
      for (int i = 0; i < usage.length; i++) {
        codes[i / codes[0].length][i % codes[0].length] = usage[i] * rows;
      }
      return new Counts(codes);
    }

    Counts plus(Counts other) {
      if (codes.length == 0 || other.codes.length == 0) {
        return codes.length == 0 ? other : this;
      }
      if (codes.length != other.codes.length || codes[0].length != other.codes[0].length) {
        throw new IllegalArgumentException(
            NAME
                + ": codes of "
                + other.size()
                + " cannot be added to those of "
                + size()
                + "; use an evaluator for each codebook");
      }
      double[][] sums = new double[codes.length][];
      for (int g = 0; g < sums.length; g++) {
        sums[g] = codes[g].clone();
        for (int v = 0; v < sums[g].length; v++) {
          sums[g][v] += other.codes[g][v];
        }
      }
      return new Counts(sums);
    }

    private String size() {
      return codes.length + " groups with " + codes[0].length + " entries";
    }

    /** {@link Codebook#perplexity}, the mean over the groups; NaN if nothing was counted. */
    double perplexity() {
      double sum = 0;
      for (double[] group : codes) {
        double total = Arrays.stream(group).sum();
        double entropy = 0;
        for (double count : group) {
          double p = count / total;
          entropy -= p * Math.log(p + 1e-7);
        }
        sum += Math.exp(entropy);
      }
      return sum / codes.length;
    }
  }

  /** For logits that are the second prediction. */
  public CodebookPerplexity() {
    this(1);
  }

  /**
   * For logits [batch…, G, V] that are another prediction.
   *
   * @param index the place of the logits among the predictions, counted from 0
   * @throws IllegalArgumentException if it is negative
   */
  public CodebookPerplexity(int index) {
    super(NAME);
    if (index < 0) {
      throw new IllegalArgumentException(NAME + ": index = " + index + " must not be negative");
    }
    this.index = index;
  }

  /** The perplexity of a batch, the mean over the groups: a scalar. */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray logits = logits(predictions);
    return OnTape.call(
        NAME, logits, tape -> Codebook.perplexity(usage(DjlBackend.wrap(tape, logits))).mean());
  }

  private NDArray logits(NDList predictions) {
    Predictions.requireSize(NAME, predictions, index + 1, "the codes' logits");
    NDArray logits = predictions.get(index);
    if (logits.getShape().dimension() < 2) {
      throw new IllegalArgumentException(
          NAME
              + ": prediction "
              + index
              + " is of shape "
              + logits.getShape()
              + "; it must be logits [batch…, G, V], of G groups with V entries");
    }
    return logits;
  }

  private static Tensor usage(Tensor logits) {
    Tensor constant = logits.stopGradient();
    return Codebook.usage(GumbelSoftmax.of(1).hard().noiseScale(0).sample(constant, Key.of(0)));
  }

  private Counts count(NDList predictions) {
    NDArray logits = logits(predictions);
    Shape shape = logits.getShape();
    if (shape.size() == 0) {
      return Counts.NONE;
    }
    int groups = Math.toIntExact(shape.get(shape.dimension() - 2));
    long rows = shape.size() / (groups * shape.get(shape.dimension() - 1));
    try (NDArray usage =
        OnTape.call(
            NAME, logits, tape -> usage(DjlBackend.wrap(tape, logits)).cast(DType.FLOAT64))) {
      return Counts.of(usage.toDoubleArray(), rows, groups);
    }
  }

  @Override
  public void addAccumulator(String key) {
    counts.put(key, Counts.NONE);
  }

  @Override
  public void updateAccumulator(String key, NDList labels, NDList predictions) {
    updateAccumulators(new String[] {key}, labels, predictions);
  }

  @Override
  public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
    Counts batch = count(predictions);
    for (String key : keys) {
      counts.merge(key, batch, Counts::plus);
    }
  }

  @Override
  public void resetAccumulator(String key) {
    counts.put(key, Counts.NONE);
  }

  /** The perplexity of all that was counted under the key; NaN if that is nothing. */
  @Override
  public float getAccumulator(String key) {
    return (float) counts.getOrDefault(key, Counts.NONE).perplexity();
  }

  /** How many codes fell to each entry under the key, [G][V]; empty if nothing was counted. */
  public double[][] getCounts(String key) {
    double[][] codes = counts.getOrDefault(key, Counts.NONE).codes();
    double[][] copy = new double[codes.length][];
    for (int g = 0; g < copy.length; g++) {
      copy[g] = codes[g].clone();
    }
    return copy;
  }
}
