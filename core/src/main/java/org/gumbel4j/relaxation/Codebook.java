package org.gumbel4j.relaxation;

import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Vector quantisation with a Gumbel codebook: an input is told by G codes, each one of V entries of
 * a group of its own (product quantisation; Baevski, Schneider and Auli, arXiv 1910.05453). Which
 * entries, {@link GumbelSoftmax} draws from logits [batch…, G, V]; here is what is done with the
 * codes, and how it is measured whether all entries are in use.
 *
 * <pre>{@code
 * Tensor codes = GumbelSoftmax.of(temperature).hard().sample(logits, key);
 * Tensor quantised = Codebook.lookUp(codes, entries);
 * Tensor loss = task.add(Codebook.diversityLoss(logits).mul(0.1));
 * }</pre>
 *
 * @since 0.1
 */
public final class Codebook {
  private static final double EPSILON = 1e-7;

  private Codebook() {}

  /**
   * The chosen entries of all groups, one behind the other: Σᵥ codes[…, g, v] · entries[g, v, d] at
   * […, g·D + d]. Soft codes mix the entries of a group.
   *
   * @param codes [batch…, G, V], one-hot or on the simplex along the last axis
   * @param entries [G, V, D], of the codes' type
   * @return [batch…, G·D]
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Tensor lookUp(Tensor codes, Tensor entries) {
    String operation = "Codebook.lookUp";
    requireGroups(operation, "codes", codes);
    Shape c = codes.shape();
    Shape e = entries.shape();
    if (e.rank() != 3 || e.dim(0) != c.dim(-2) || e.dim(1) != c.dim(-1)) {
      throw new IllegalArgumentException(
          operation
              + ": entries "
              + e
              + " must be [G, V, D] with the G = "
              + c.dim(-2)
              + " groups and V = "
              + c.dim(-1)
              + " entries of codes "
              + c);
    }
    Shape batch = c.axes(0, c.rank() - 2);
    long groups = e.dim(0);
    Tensor rows = codes.reshape(batch.size(), groups, e.dim(1)).permute(1, 0, 2);
    Tensor chosen = rows.matMul(entries).permute(1, 0, 2);
    return chosen.reshape(batch.concat(Shape.of(groups * e.dim(2))));
  }

  /**
   * How often each entry is used: the mean over the batch. Of one-hot codes these are relative
   * frequencies, of softmax(logits) the averaged probabilities.
   *
   * @param codes [batch…, G, V]
   * @return [G, V]; NaN for an empty batch
   */
  public static Tensor usage(Tensor codes) {
    requireGroups("Codebook.usage", "codes", codes);
    Shape c = codes.shape();
    long count = c.axes(0, c.rank() - 2).size();
    return codes.reshape(count, c.dim(-2), c.dim(-1)).mean(0);
  }

  /**
   * exp(−Σ p log(p + 10⁻⁷)) for each group: of how many equally used entries this is as diverse. V
   * if all are used alike, 1 if it is always the same.
   *
   * @param usage p [batch…, V], each row a distribution
   * @return [batch…]
   */
  public static Tensor perplexity(Tensor usage) {
    return usage.mul(usage.add(EPSILON).log()).sum(-1).neg().exp();
  }

  /**
   * (G·V − Σ perplexity) / (G·V), of the averaged probabilities softmax(logits), without noise and
   * temperature: 0 if all entries of all groups are used alike, 1 − 1/V if one of each is (Baevski
   * et al., arXiv 2006.11477).
   *
   * @param logits [batch…, G, V]
   * @return a scalar, to be minimised
   */
  public static Tensor diversityLoss(Tensor logits) {
    requireGroups("Codebook.diversityLoss", "logits", logits);
    double entries = (double) logits.shape().dim(-2) * logits.shape().dim(-1);
    Tensor perplexities = perplexity(usage(logits.softmax(-1)));
    return perplexities.sum().neg().add(entries).div(entries);
  }

  private static void requireGroups(String operation, String argument, Tensor x) {
    if (x.rank() < 2) {
      throw new IllegalArgumentException(
          operation
              + ": "
              + argument
              + " "
              + x.shape()
              + " must be [batch…, G, V]: groups, and the entries of each; for a single group"
              + " insert an axis with expandDims(-2)");
    }
  }
}
