package org.gumbel4j.spi;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernels;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/**
 * Operations that are more than a primitive and worth a backend's own care: each has a default
 * here, built of primitives, which a backend overrides where it can be faster or more accurate. The
 * conformance kit runs an override against its default.
 *
 * <p>As with {@link Backend}, core has checked shapes, types and axes before it calls, and no
 * tensor is empty. Operands are floating unless said otherwise; axes count from the front. An entry
 * of −∞ among logits is a masked class: probability exactly 0, gradient 0.
 *
 * @param <H> the backend's array
 * @since 0.1
 */
public class FusedOps<H> {
  private static final double MASKED = Double.NEGATIVE_INFINITY;

  /** The backend whose primitives the defaults use. */
  protected final Backend<H> backend;

  /** Defaults over the given backend. */
  public FusedOps(Backend<H> backend) {
    this.backend = backend;
  }

  // ---- activations ----------------------------------------------------------------------------

  /** σ(x) = 1 / (1 + e^−x). */
  public H sigmoid(H x) {
    H one = scalar(x, 1);
    H y = backend.div(one, backend.add(one, backend.exp(backend.neg(constant(x)))));
    if (!backend.isOnEngineTape()) {
      return y;
    }
    // a tape would make 0·∞ of a large −x: it is given the tangent, of slope y(1 − y)
    H at = finiteOrZero(x);
    H slope = backend.mul(y, backend.sub(one, y));
    return backend.add(y, backend.mul(slope, backend.sub(at, constant(at))));
  }

  /** log(1 + e^x), without overflow: max(x, 0) + log1p(e^−|x|). */
  public H softplus(H x) {
    return backend.add(positivePart(x), softplusOfMinusAbs(x));
  }

  private H softplusOfMinusAbs(H x) {
    return backend.log1p(backend.exp(backend.neg(backend.abs(x))));
  }

  /** max(x, 0). */
  public H relu(H x) {
    if (backend.isOnEngineTape()) {
      H zero = scalar(x, 0);
      return backend.where(backend.lessEqual(x, zero), zero, x);
    }
    return positivePart(x);
  }

  /** max(x, 0) whose derivative at 0 is ½ on a tape, where −|x|'s is 0. */
  private H positivePart(H x) {
    return backend.maximum(x, scalar(x, 0));
  }

  /** The gradient g where x &gt; 0, else 0. */
  public H reluBackward(H x, H g) {
    H zero = scalar(x, 0);
    return backend.where(backend.less(zero, x), g, zero);
  }

  // ---- softmax family -------------------------------------------------------------------------

  /**
   * log Σ e^x along an axis, with the maximum taken out; −∞ for a slice of only −∞, +∞ if the slice
   * holds +∞ and no NaN.
   */
  public H logSumExp(H x, int axis, boolean keepDims) {
    int[] axes = {axis};
    H max = constant(backend.max(x, axes, true));
    H shift = finiteOrZero(max);
    H sum = backend.sum(backend.exp(backend.sub(x, shift)), axes, true);
    H result = backend.add(shift, logOrMasked(sum));
    return keepDims ? result : backend.reshape(result, backend.shape(x).without(axis));
  }

  /** log x; the −∞ of a 0 has the gradient 0 on a tape, which would make 0·∞ of it. */
  private H logOrMasked(H x) {
    if (!backend.isOnEngineTape()) {
      return backend.log(x);
    }
    H none = backend.equal(x, scalar(x, 0));
    H log = backend.log(backend.where(none, scalar(x, 1), x));
    return backend.where(none, scalar(x, MASKED), log);
  }

  /** e^x / Σ e^x along an axis. A slice of only −∞ gives NaN. */
  public H softmax(H x, int axis) {
    int[] axes = {axis};
    H e = backend.exp(backend.sub(x, constant(backend.max(x, axes, true))));
    return backend.div(e, backend.sum(e, axes, true));
  }

  /** The gradient of {@link #softmax}, from its value y and the gradient g: y ⊙ (g − ⟨g, y⟩). */
  public H softmaxBackward(H y, H g, int axis) {
    H inner = backend.sum(backend.mul(y, g), new int[] {axis}, true);
    return backend.mul(y, backend.sub(g, inner));
  }

  /** x − log Σ e^x along an axis. −∞ stays −∞. */
  public H logSoftmax(H x, int axis) {
    return backend.sub(x, logSumExp(x, axis, true));
  }

  /** The gradient of {@link #logSoftmax}, from its value y and the gradient g: g − e^y Σ g. */
  public H logSoftmaxBackward(H y, H g, int axis) {
    H total = backend.sum(g, new int[] {axis}, true);
    return backend.sub(g, backend.mul(backend.exp(y), total));
  }

  // ---- discrete -------------------------------------------------------------------------------

  /**
   * One-hot vectors.
   *
   * @param indices INT64, each 0 … classes − 1 (core has checked)
   * @param classes the extent of the new last axis
   * @param dtype any type; 1 (true) at the index, 0 elsewhere
   */
  public H oneHot(H indices, long classes, DType dtype) {
    long[] range = new long[Math.toIntExact(classes)];
    for (int i = 0; i < range.length; i++) {
      range[i] = i;
    }
    Shape shape = backend.shape(indices);
    H column = backend.reshape(indices, shape.withInserted(-1, 1));
    H hot = backend.equal(column, backend.create(range, Shape.of(classes)));
    return dtype == DType.BOOL ? hot : backend.cast(hot, dtype);
  }

  /** One-hot vectors along an axis, at the first largest entry, of x's type and shape. */
  public H oneHotArgMax(H x, int axis) {
    Shape shape = backend.shape(x);
    H hot = oneHot(backend.argMax(x, axis), shape.dim(axis), backend.dtype(x));
    int last = shape.rank() - 1;
    if (axis == last) {
      return hot;
    }
    int[] permutation = new int[shape.rank()];
    for (int i = 0; i <= last; i++) {
      permutation[i] = i < axis ? i : i == axis ? last : i - 1;
    }
    return backend.permute(hot, permutation);
  }

  /**
   * Whether x can be logits along an axis: a BOOL scalar that is true if no entry is NaN or +∞ and
   * every slice has a finite entry.
   */
  public H areLogits(H x, int axis) {
    int[] all = axes(backend.shape(x).rank());
    H max = backend.max(x, new int[] {axis}, true);
    H finite =
        backend.and(backend.less(scalar(x, MASKED), max), backend.less(max, scalar(x, -MASKED)));
    H count = backend.cast(backend.not(finite), DType.INT64);
    H bad = all.length == 0 ? count : backend.sum(count, all, false);
    return backend.equal(bad, backend.full(Shape.SCALAR, DType.INT64, 0));
  }

  // ---- noise ----------------------------------------------------------------------------------

  /**
   * Portable noise: the first shape.size() numbers of a key's sequence in row-major order, bit for
   * bit those of {@link NoiseKernels#scalar()}.
   *
   * @throws IllegalArgumentException if the shape has more than 2³¹ − 1 entries
   */
  public H noise(Noise kind, Key key, Shape shape, DType dtype) {
    if (shape.size() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "noise: shape "
              + shape
              + " has "
              + shape.size()
              + " entries, more than the 2^31 - 1 of one array; split it along an axis");
    }
    int size = (int) shape.size();
    if (dtype == DType.FLOAT64) {
      double[] values = new double[size];
      NoiseKernels.best().fill(kind, key, 0, values, 0, size);
      return backend.create(values, shape);
    }
    float[] values = new float[size];
    NoiseKernels.best().fill(kind, key, 0, values, 0, size);
    return backend.create(values, shape);
  }

  // ---- Gumbel-Softmax -------------------------------------------------------------------------

  /**
   * softmax((logits + noise) / temperature) along an axis (arXiv 1611.01144, 1611.00712).
   *
   * @param noise of the logits' shape
   * @param temperature positive and finite, also when rounded to the logits' type; however small,
   *     the result is not NaN
   */
  public H gumbelSoftmax(H logits, H noise, double temperature, int axis) {
    H perturbed = backend.add(logits, noise);
    // the maximum goes before the division, which could overflow
    H max = constant(backend.max(perturbed, new int[] {axis}, true));
    H below = backend.sub(perturbed, max);
    return softmax(backend.div(below, scalar(logits, temperature)), axis);
  }

  /**
   * {@link #gumbelSoftmax(Object, Object, double, int)} with the key's Gumbel noise, scaled.
   *
   * @param noiseScale what the noise is multiplied by; 1 for Gumbel-Softmax, not 0 (core then calls
   *     {@link #softmax})
   */
  public H gumbelSoftmax(H logits, Key key, double noiseScale, double temperature, int axis) {
    return gumbelSoftmax(logits, scaledGumbel(logits, key, noiseScale), temperature, axis);
  }

  /**
   * The gradient of Gumbel-Softmax with respect to the logits, from its value y and the gradient g:
   * y ⊙ (g − ⟨g, y⟩) / temperature.
   */
  public H gumbelSoftmaxBackward(H y, H g, double temperature, int axis) {
    return backend.div(softmaxBackward(y, g, axis), scalar(y, temperature));
  }

  /**
   * Straight-through Gumbel-Softmax: one-hot vectors at the first largest of logits + noiseScale ·
   * the key's Gumbel noise, and the {@link #gumbelSoftmax(Object, Key, double, double, int)} of the
   * same noise.
   *
   * @param withSoft whether that is needed: only for a gradient
   */
  public HardSample<H> hardGumbelSoftmax(
      H logits, Key key, double noiseScale, double temperature, int axis, boolean withSoft) {
    H noise = scaledGumbel(logits, key, noiseScale);
    H hard = oneHotArgMax(backend.add(logits, noise), axis);
    return new HardSample<>(
        hard, withSoft ? gumbelSoftmax(logits, noise, temperature, axis) : null);
  }

  /**
   * argmax(logits + the key's Gumbel noise) along an axis, INT64, the axis removed: a class drawn.
   */
  public H gumbelMax(H logits, Key key, int axis) {
    return backend.argMax(backend.add(logits, scaledGumbel(logits, key, 1)), axis);
  }

  private H scaledGumbel(H logits, Key key, double scale) {
    H noise = noise(Noise.GUMBEL, key, backend.shape(logits), backend.dtype(logits));
    return scale == 1 ? noise : backend.mul(noise, scalar(logits, scale));
  }

  // ---- relaxed log-densities ------------------------------------------------------------------

  /**
   * The log-density of the Concrete distribution in log space (ExpConcrete, arXiv 1611.00712,
   * appendix C.3), over the last axis: with n the number of classes that are not masked, and sums
   * over those,
   *
   * <pre>log Γ(n) + (n − 1) log λ + Σ (θ − λy) − n log Σ e^(θ − λy)</pre>
   *
   * <p>−∞ where a masked class has a y above −∞, or one that is not masked a y of −∞. Core has the
   * gradient. The three operands broadcast.
   *
   * @param logits θ [..., K]
   * @param value y [..., K]
   * @param temperature λ [..., 1], positive
   * @return their common shape without its last axis
   */
  public H expConcreteLogProb(H logits, H value, H temperature) {
    H zero = scalar(logits, 0);
    H none = scalar(logits, MASKED);
    H mask = backend.equal(logits, none);
    H nowhere = backend.equal(value, none);
    H idle = backend.or(mask, nowhere);
    H scaled = backend.mul(backend.where(nowhere, zero, value), temperature);
    H s = backend.where(idle, zero, backend.sub(backend.where(mask, zero, logits), scaled));
    int last = backend.shape(s).rank() - 1;
    H total = logSumExp(backend.where(idle, none, s), last, false);
    H n = count(backend.not(mask), backend.dtype(logits));
    H spread = backend.sub(backend.sum(s, new int[] {last}, false), backend.mul(total, n));
    H logTau = backend.log(dropLast(temperature));
    H volume = backend.mul(backend.sub(n, scalar(n, 1)), logTau);
    H density = backend.add(spread, backend.add(volume, logGammaOfCount(mask, n)));
    H misplaced = backend.not(backend.equal(mask, nowhere));
    return backend.where(any(misplaced), none, density);
  }

  /** Σ log j over j = 1, …, n − 1, for counts n up to the extent of the mask's last axis. */
  private H logGammaOfCount(H mask, H n) {
    int classes = Math.toIntExact(backend.shape(mask).dim(-1));
    double[] numbers = new double[classes];
    double[] logs = new double[classes];
    for (int j = 1; j < classes; j++) {
      numbers[j] = j;
      logs[j] = Math.log(j);
    }
    H column = backend.reshape(n, backend.shape(n).withInserted(-1, 1));
    H below = backend.less(constant(n, numbers), column);
    H terms = backend.where(below, constant(n, logs), scalar(n, 0));
    return backend.sum(terms, new int[] {backend.shape(terms).rank() - 1}, false);
  }

  private H constant(H like, double[] values) {
    Shape shape = Shape.of(values.length);
    if (backend.dtype(like) == DType.FLOAT64) {
      return backend.create(values, shape);
    }
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return backend.create(rounded, shape);
  }

  /** How many along the last axis are true. */
  private H count(H condition, DType dtype) {
    H flags = backend.cast(condition, dtype);
    return backend.sum(flags, new int[] {backend.shape(flags).rank() - 1}, false);
  }

  /** Whether any along the last axis is true. */
  private H any(H condition) {
    return backend.less(backend.full(Shape.SCALAR, DType.INT64, 0), count(condition, DType.INT64));
  }

  private H dropLast(H x) {
    return backend.reshape(x, backend.shape(x).without(-1));
  }

  /**
   * The log-density of the binary Concrete distribution in logit space (arXiv 1611.00712, appendix
   * B), entry by entry: log λ + log σ(d) + log σ(−d) with d = θ − λy, without overflow. Core has
   * the gradient. The three operands broadcast.
   *
   * @param logits θ, finite
   * @param value y, finite
   * @param temperature λ, positive
   * @return of their common shape
   */
  public H binaryConcreteLogProb(H logits, H value, H temperature) {
    H d = backend.abs(backend.sub(logits, backend.mul(value, temperature)));
    H tails = backend.log1p(backend.exp(backend.neg(d)));
    H peak = backend.sub(backend.log(temperature), d);
    return backend.sub(peak, backend.add(tails, tails));
  }

  // ---- networks -------------------------------------------------------------------------------

  /**
   * x·w + b.
   *
   * @param x [n, k]
   * @param weight [k, m]
   * @param bias [m]
   */
  public H linear(H x, H weight, H bias) {
    return backend.add(backend.matMul(x, weight, false, false), bias);
  }

  /**
   * −t·log σ(l) − (1 − t)·log(1 − σ(l)) per entry, without overflow: max(l, 0) − l·t +
   * log1p(e^−|l|). Logits and targets have one shape.
   */
  public H binaryCrossEntropyWithLogits(H logits, H targets) {
    H linear = backend.sub(positivePart(logits), backend.mul(logits, targets));
    return backend.add(linear, softplusOfMinusAbs(logits));
  }

  /** The gradient of the above with respect to the logits: (σ(l) − t) · g. */
  public H binaryCrossEntropyWithLogitsBackward(H logits, H targets, H g) {
    return backend.mul(backend.sub(sigmoid(logits), targets), g);
  }

  /** One step of Adam; all four arrays have one shape and type. */
  public AdamStep<H> adamStep(H parameter, H gradient, H m, H v, AdamCoefficients a) {
    H nextM = decay(m, gradient, a.beta1());
    H nextV = decay(v, backend.mul(gradient, gradient), a.beta2());
    H mean = backend.div(nextM, scalar(m, a.firstCorrection()));
    H root = backend.sqrt(backend.div(nextV, scalar(v, a.secondCorrection())));
    H direction = backend.div(mean, backend.add(root, scalar(v, a.epsilon())));
    H step = backend.mul(direction, scalar(parameter, a.learningRate()));
    return new AdamStep<>(backend.sub(parameter, step), nextM, nextV);
  }

  /**
   * As {@link #adamStep}, for a caller that releases parameter, m and v when the call has returned:
   * their memory may be written over, if no other handle shares it. The results are handles of
   * their own, also where the memory is that of the operands.
   */
  public AdamStep<H> adamStepInPlace(
      H parameter, H gradient, H m, H v, AdamCoefficients coefficients) {
    return adamStep(parameter, gradient, m, v, coefficients);
  }

  private H decay(H mean, H value, double beta) {
    return backend.add(
        backend.mul(mean, scalar(mean, beta)), backend.mul(value, scalar(mean, 1 - beta)));
  }

  // ---- for authors of defaults ------------------------------------------------------------------

  /** A scalar of the same type as the given array. */
  protected final H scalar(H like, double value) {
    return backend.full(Shape.SCALAR, backend.dtype(like), value);
  }

  /** x, whose derivative cancels: an engine's tape need not see it. */
  private H constant(H x) {
    return backend.isOnEngineTape() ? backend.stopGradient(x) : x;
  }

  /** x where it is finite, else 0; NaN stays. */
  private H finiteOrZero(H x) {
    H infinity = scalar(x, Double.POSITIVE_INFINITY);
    return backend.where(backend.equal(backend.abs(x), infinity), scalar(x, 0), x);
  }

  private static int[] axes(int rank) {
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = i;
    }
    return axes;
  }
}
