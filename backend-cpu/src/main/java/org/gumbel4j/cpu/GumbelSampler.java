package org.gumbel4j.cpu;

import java.util.Objects;
import org.gumbel4j.random.Key;

/**
 * Draws classes from arrays of logits, by the Gumbel-max trick: for programs that run language
 * models or recommenders, and want the next token rather than a tensor.
 *
 * <pre>{@code
 * GumbelSampler sampler = GumbelSampler.create().temperature(0.8).topK(40).topP(0.95);
 * Key key = Key.of(42);                       // one for every text
 * for (int position = 0; position < length; position++) {
 *   float[] logits = model.next(tokens);      // one number a token
 *   tokens.add(sampler.sample(logits, key, position));
 * }
 * }</pre>
 *
 * <h2>The distribution</h2>
 *
 * <p>p(c) ∝ exp(l<sub>c</sub>/τ) over the classes that remain. Filters are applied one after the
 * other, in the order of Hugging Face's generation: temperature, then top-k, top-p and min-p.
 *
 * <ul>
 *   <li><b>top-k</b> keeps the k largest logits;
 *   <li><b>top-p</b> (nucleus sampling, Holtzman et al., arXiv 1904.09751) keeps the smallest set
 *       of the largest logits whose share of what top-k has left is at least p;
 *   <li><b>min-p</b> (Nguyen et al., arXiv 2407.01082) keeps the classes whose probability is at
 *       least p times the largest one: l<sub>c</sub> ≥ max l + τ ln p.
 * </ul>
 *
 * <p>Classes with equal logits stand or fall together: those equal to the k-th largest stay with
 * it, and so do those equal to the last of the nucleus. So more than k may remain, as there. With
 * {@link #temperatureLast} filters look at the logits as they are, and the temperature is applied
 * to what they leave, as llama.cpp does. The class with the largest logit always remains.
 * Repetition penalties and biases are for the caller to add to the logits; −∞ is a class that must
 * not come, and a {@link ClassMask} says the same without touching them.
 *
 * <p>A temperature of 0 takes the largest logit, of equal ones the first, and no noise; top-p and
 * min-p, which speak of probabilities, then have no meaning and are passed over unless they come
 * first.
 *
 * <h2>The noise</h2>
 *
 * <p>In a row of n classes, class c at position t is given number t·n + c of {@code key}'s Gumbel
 * variates ({@link org.gumbel4j.random.Noise#GUMBEL}, single precision), and the largest sum of
 * logit and variate wins, of equal sums the first. So a draw depends on nothing but logits, key and
 * position: not on other rows, threads, processor or kernels. At temperature 1 it is the class that
 * {@link org.gumbel4j.relaxation.GumbelMax} draws in row t of a tensor of shape [rows, n] with the
 * same logits and key, classes filtered or masked having −∞ there. At other temperatures the logits
 * are (l<sub>c</sub> − max l)/τ, in single precision and in this order.
 *
 * <p>Positions of one key belong to rows of one length: take a new key for another text, or another
 * vocabulary.
 *
 * <p>With {@link #inverseTransform} one number decides: u, number t of the key's double-precision
 * uniform variates ({@link org.gumbel4j.random.Noise#UNIFORM}), and the first class at which the
 * probabilities of the classes up to it add up to more than u is drawn. That is faster, and the
 * distribution is the same. It is not the class that {@code GumbelMax} draws, though, nor the first
 * of those {@linkplain #sampleWithoutReplacement(float[], int, Key, int[]) drawn without
 * replacement}, which keep their Gumbel variates. And a mask, a filter or slightly different logits
 * move the sums of all later classes, so that the same key and position then draw another class
 * more often.
 *
 * <p>The sampling is exact in the tail: Gumbel variates reach 22.9, and u has 53 bits, so that
 * classes with a probability of 10<sup>−9</sup> come as often as they should. Few of the logarithms
 * behind Gumbel variates are ever computed: where a chunk's largest logit would need a larger
 * variate than any of its random words yields, comparing integers is enough.
 *
 * <h2>Threads and memory</h2>
 *
 * <p>Immutable, and may be shared between threads. Each thread keeps scratch arrays as large as the
 * largest row that it has drawn from; once they are there, a call allocates nothing.
 *
 * <h2>Errors</h2>
 *
 * <p>A logit of NaN or +∞ that is not masked, a row without a class that can be drawn, and an empty
 * row are an {@link IllegalArgumentException}, places outside of an array an {@link
 * IndexOutOfBoundsException}; nothing has been written then.
 *
 * @since 0.1
 */
public final class GumbelSampler {
  private final ThreadLocal<SamplerWorkspace> workspaces;
  private final SamplerOptions options;

  private GumbelSampler(ThreadLocal<SamplerWorkspace> workspaces, SamplerOptions options) {
    this.workspaces = workspaces;
    this.options = options;
  }

  /**
   * Temperature 1, no filters.
   *
   * @throws IllegalStateException if {@code -Dgumbel4j.cpu.kernels} asks for kernels that cannot
   *     run here; the message says which option to add
   */
  public static GumbelSampler create() {
    return of(SamplerWorkspace.chosen());
  }

  static GumbelSampler of(ThreadLocal<SamplerWorkspace> workspaces) {
    return new GumbelSampler(workspaces, SamplerOptions.NONE);
  }

  /**
   * The same with another temperature, rounded to single precision.
   *
   * @param temperature τ, finite; 0 takes the largest logit
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public GumbelSampler temperature(double temperature) {
    return new GumbelSampler(workspaces, options.withTemperature(temperature));
  }

  /**
   * The same with the k largest logits alone, and those equal to the k-th.
   *
   * @param k 0 for no such filter; as many as there are classes, or more, keeps all of them
   * @throws IllegalArgumentException if it is negative
   */
  public GumbelSampler topK(int k) {
    return new GumbelSampler(workspaces, options.withTopK(k));
  }

  /**
   * The same with the nucleus alone: the smallest set of the largest logits with a share of at
   * least p.
   *
   * @param p in (0, 1]; 1 for no such filter
   * @throws IllegalArgumentException if it is not
   */
  public GumbelSampler topP(double p) {
    return new GumbelSampler(workspaces, options.withTopP(p));
  }

  /**
   * The same with those classes alone whose probability is at least p times the largest.
   *
   * @param p in [0, 1]; 0 for no such filter
   * @throws IllegalArgumentException if it is not
   */
  public GumbelSampler minP(double p) {
    return new GumbelSampler(workspaces, options.withMinP(p));
  }

  /** The same with filters that look at the logits before ({@code true}) the temperature. */
  public GumbelSampler temperatureLast(boolean last) {
    return new GumbelSampler(workspaces, options.withTemperatureLast(last));
  }

  /**
   * The same, drawing single classes by inverse transform sampling ({@code true}): with one uniform
   * variate rather than one Gumbel variate a class, in about a third of the time. What is given up
   * stands under <em>The noise</em> above.
   */
  public GumbelSampler inverseTransform(boolean on) {
    return new GumbelSampler(workspaces, options.withInverse(on));
  }

  /** {@link #sample(float[], Key, long)} at position 0. */
  public int sample(float[] logits, Key key) {
    return sample(logits, key, 0);
  }

  /**
   * Draws one class.
   *
   * @param logits one number a class
   * @param position the draw's number among those of this key, 0 or more
   * @return the class
   */
  public int sample(float[] logits, Key key, long position) {
    return sample(logits, 0, logits.length, ClassMask.none(), key, position);
  }

  /**
   * Draws one of the classes that the mask leaves.
   *
   * @throws IllegalArgumentException if the mask does not fit the row
   */
  public int sample(float[] logits, ClassMask mask, Key key, long position) {
    return sample(logits, 0, logits.length, mask, key, position);
  }

  /**
   * Draws one class from the row {@code logits[offset]}, …, {@code logits[offset + classes − 1]}.
   *
   * @return the class, from 0 to {@code classes − 1}
   */
  public int sample(
      float[] logits, int offset, int classes, ClassMask mask, Key key, long position) {
    SamplerChecks.row("sample", logits.length, offset, classes);
    SamplerChecks.position("sample", position, 1, classes);
    Objects.requireNonNull(key, "key");
    mask.check("sample", classes);
    return draw("sample", logits, offset, classes, mask, key, position);
  }

  /**
   * Draws a class for every row of an array of shape [rows, classes]; row r stands at position r.
   *
   * @param rows how many; divides the array's length
   * @param out receives a class a row
   */
  public void sampleRows(float[] logits, int rows, Key key, int[] out) {
    if (rows < 1 || logits.length % rows != 0) {
      throw new IllegalArgumentException(
          "GumbelSampler.sampleRows: rows is "
              + rows
              + "; it must be at least 1 and divide the array's length "
              + logits.length);
    }
    sampleRows(logits, 0, rows, logits.length / rows, ClassMask.none(), key, 0, out, 0);
  }

  /**
   * Draws a class for every row, each row as {@link #sample(float[], int, int, ClassMask, Key,
   * long)} does at the next position. Threads may share the rows of a batch among them; a row's
   * position is what counts.
   *
   * @param offset where the first row begins
   * @param position the first row's
   * @param out receives a class a row, from {@code outOffset} on
   */
  public void sampleRows(
      float[] logits,
      int offset,
      int rows,
      int classes,
      ClassMask mask,
      Key key,
      long position,
      int[] out,
      int outOffset) {
    SamplerChecks.rows("sampleRows", logits.length, offset, rows, classes);
    SamplerChecks.room("sampleRows", out.length, outOffset, rows);
    SamplerChecks.position("sampleRows", position, rows, classes);
    Objects.requireNonNull(key, "key");
    mask.check("sampleRows", classes);
    // All rows are looked at before the first is written.
    SamplerWorkspace workspace = workspaces.get();
    for (int r = 0; rows > 1 && r < rows; r++) {
      workspace.row.open("sampleRows", logits, offset + r * classes, classes, mask);
    }
    for (int r = 0; r < rows; r++) {
      int start = offset + r * classes;
      out[outOffset + r] = draw("sampleRows", logits, start, classes, mask, key, position + r);
    }
  }

  /**
   * {@link #sampleWithoutReplacement(float[], int, int, ClassMask, int, Key, long, int[], int)} of
   * a whole array, at position 0, into the beginning of {@code out}.
   */
  public void sampleWithoutReplacement(float[] logits, int k, Key key, int[] out) {
    sampleWithoutReplacement(logits, 0, logits.length, ClassMask.none(), k, key, 0, out, 0);
  }

  /**
   * Draws k different classes one after the other, each from what is left: the k largest sums of
   * logit and variate, in descending order (Kool, van Hoof and Welling, arXiv 1903.06059). The
   * first is what {@link #sample} draws. At temperature 0 the k largest logits, of equal ones the
   * first.
   *
   * @param k at least 1
   * @param out receives the classes in the order of the draw, from {@code outOffset} on
   * @throws IllegalArgumentException if there are fewer than k classes that can be drawn
   */
  public void sampleWithoutReplacement(
      float[] logits,
      int offset,
      int classes,
      ClassMask mask,
      int k,
      Key key,
      long position,
      int[] out,
      int outOffset) {
    String operation = "sampleWithoutReplacement";
    SamplerChecks.row(operation, logits.length, offset, classes);
    SamplerChecks.count(operation, k, classes);
    SamplerChecks.room(operation, out.length, outOffset, k);
    long first = SamplerChecks.position(operation, position, 1, classes);
    Objects.requireNonNull(key, "key");
    mask.check(operation, classes);
    SamplerWorkspace workspace = workspaces.get();
    workspace.row.open(operation, logits, offset, classes, mask);
    options.filter(workspace.row);
    BestClasses best =
        options.isGreedy()
            ? workspace.race.withoutNoise(k)
            : workspace.race.run(key, first, k, options.temperature());
    if (best.count() < k) {
      throw SamplerChecks.tooFew(operation, k, best.count());
    }
    best.drainTo(out, outOffset);
  }

  /** {@link #logProb(float[], int, int, ClassMask, int)} of a whole array. */
  public double logProb(float[] logits, int drawn) {
    return logProb(logits, 0, logits.length, ClassMask.none(), drawn);
  }

  /**
   * ln p(drawn) under the tempered, filtered and masked distribution: what {@link #sample} draws
   * from. −∞ for a class that it never draws. At temperature 0, 0 for the class that it takes.
   *
   * <p>The sum is taken over weights in single precision, added in double: absolute error 1e-6 or
   * less.
   *
   * @param drawn a class, from 0 to {@code classes − 1}
   * @throws IllegalArgumentException if there is no such class
   */
  public double logProb(float[] logits, int offset, int classes, ClassMask mask, int drawn) {
    SamplerChecks.row("logProb", logits.length, offset, classes);
    SamplerChecks.drawn("logProb", drawn, classes);
    mask.check("logProb", classes);
    LogitRow row = workspaces.get().row;
    row.open("logProb", logits, offset, classes, mask);
    if (options.isGreedy()) {
      return row.argMax() == drawn ? 0 : Double.NEGATIVE_INFINITY;
    }
    options.filter(row);
    return row.logProb(drawn, options.temperature());
  }

  /**
   * {@link #logProbWithoutReplacement(float[], int, int, ClassMask, int[], int, int)} of a whole
   * array and all that was drawn.
   */
  public double logProbWithoutReplacement(float[] logits, int[] drawn) {
    return logProbWithoutReplacement(
        logits, 0, logits.length, ClassMask.none(), drawn, 0, drawn.length);
  }

  /**
   * The log-probability of these classes in this order, under {@link #sampleWithoutReplacement}: Σ
   * over j of ln(p(c<sub>j</sub>) / (1 − p(c<sub>1</sub>) − … − p(c<sub>j−1</sub>))), as Plackett
   * and Luce have it. −∞ if one of them can never be drawn. The denominators are added up from the
   * last, so that nothing cancels.
   *
   * @param drawn different classes, from {@code drawnOffset} on
   * @param k how many, at least 1
   * @throws IllegalArgumentException if a class does not exist or comes twice
   */
  public double logProbWithoutReplacement(
      float[] logits,
      int offset,
      int classes,
      ClassMask mask,
      int[] drawn,
      int drawnOffset,
      int k) {
    String operation = "logProbWithoutReplacement";
    SamplerChecks.row(operation, logits.length, offset, classes);
    SamplerChecks.count(operation, k, classes);
    SamplerChecks.room(operation, drawn.length, drawnOffset, k);
    for (int j = 0; j < k; j++) {
      SamplerChecks.drawn(operation, drawn[drawnOffset + j], classes);
    }
    mask.check(operation, classes);
    SamplerWorkspace workspace = workspaces.get();
    workspace.row.open(operation, logits, offset, classes, mask);
    options.filter(workspace.row);
    return options.isGreedy()
        ? workspace.race.withoutNoise(k).isInOrder(drawn, drawnOffset, k)
            ? 0
            : Double.NEGATIVE_INFINITY
        : workspace.row.logProb(operation, drawn, drawnOffset, k, options.temperature());
  }

  private int draw(
      String operation,
      float[] logits,
      int offset,
      int classes,
      ClassMask mask,
      Key key,
      long position) {
    SamplerWorkspace workspace = workspaces.get();
    workspace.row.open(operation, logits, offset, classes, mask);
    if (options.isGreedy()) {
      return workspace.row.argMax();
    }
    options.filter(workspace.row);
    return options.inverse()
        ? workspace.inverse.draw(key, position, options.temperature())
        : workspace.race.run(key, position * classes, 1, options.temperature()).only();
  }

  /** What it does, for logs. */
  @Override
  public String toString() {
    return "GumbelSampler[" + options + "]";
  }
}
