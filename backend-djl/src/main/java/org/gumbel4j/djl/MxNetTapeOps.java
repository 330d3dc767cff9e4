package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The primitives on MXNet's tape, with core's derivatives where MXNet has others: at ties its
 * larger operand, and each of the largest entries, gets the whole gradient; a power of 0 gets NaN.
 *
 * <p>Values are those of {@link MxNetOps}, to which a difference is added that is 0 exactly and has
 * the derivative.
 */
final class MxNetTapeOps extends MxNetOps {
  @Override
  NDArray maximum(NDArray a, NDArray b) {
    return isFloating(a) ? chosen(super.maximum(a, b), a, b, less(b, a)) : super.maximum(a, b);
  }

  @Override
  NDArray minimum(NDArray a, NDArray b) {
    return isFloating(a) ? chosen(super.minimum(a, b), a, b, less(a, b)) : super.minimum(a, b);
  }

  /** One of two; the gradient goes to a where {@code toA}, half of it at a tie, else to b. */
  private NDArray chosen(NDArray value, NDArray a, NDArray b, NDArray toA) {
    try (value;
        toA;
        NDArray constant = detach(value);
        NDArray tie = equal(a, b);
        NDArray changeOfA = change(a);
        NDArray changeOfB = change(b);
        NDArray both = called(changeOfA.add(changeOfB));
        NDArray half = called(both.mul(0.5));
        NDArray either = where(toA, changeOfA, changeOfB);
        NDArray change = where(tie, half, either)) {
      return called(constant.add(change));
    }
  }

  @Override
  NDArray max(NDArray x, int[] axes, boolean keepDims) {
    return isFloating(x)
        ? extreme(super.max(x, axes, true), x, axes, keepDims)
        : super.max(x, axes, keepDims);
  }

  @Override
  NDArray min(NDArray x, int[] axes, boolean keepDims) {
    return isFloating(x)
        ? extreme(super.min(x, axes, true), x, axes, keepDims)
        : super.min(x, axes, keepDims);
  }

  /** One of many, the gradient shared by those that equal it. */
  private NDArray extreme(NDArray value, NDArray x, int[] axes, boolean keepDims) {
    try (value;
        NDArray constant = detach(value);
        NDArray hit = equal(x, constant);
        NDArray weight = cast(hit, x.getDataType());
        NDArray count = sum(weight, axes, true);
        NDArray all = change(x);
        NDArray none = called(all.zerosLike());
        NDArray some = where(hit, all, none);
        NDArray total = sum(some, axes, true);
        NDArray mean = called(total.div(count));
        NDArray kept = called(constant.add(mean))) {
      if (keepDims) {
        return alias(kept);
      }
      return called(kept.squeeze(axes));
    }
  }

  /** Its derivatives are b·a^(b−1), and a^b·log a, but 0 where they would be 0·∞. */
  @Override
  NDArray pow(NDArray a, NDArray b) {
    try (NDArray zero = called(b.zerosLike());
        NDArray noExponent = equal(b, zero);
        NDArray noBase = invoke("_npi_equal_scalar", a, "scalar", "0");
        NDArray undefined = and(noBase, noExponent);
        NDArray one = called(a.onesLike());
        NDArray safe = where(undefined, one, a);
        NDArray exponent = detach(b);
        NDArray power = super.pow(safe, exponent);
        NDArray constant = detach(power);
        NDArray baseOfLog = where(noBase, one, a);
        NDArray log = called(baseOfLog.log());
        NDArray product = called(constant.mul(log));
        NDArray slope = detach(product);
        NDArray change = change(b);
        NDArray tangent = called(slope.mul(change))) {
      return called(power.add(tangent));
    }
  }

  /** x − x, 0 exactly, of derivative 1; where x is infinite it has none. */
  private NDArray change(NDArray x) {
    try (NDArray size = abs(x);
        NDArray infinite = invoke("_npi_equal_scalar", size, "scalar", "inf");
        NDArray zero = called(x.zerosLike());
        NDArray finite = where(infinite, zero, x);
        NDArray constant = detach(finite)) {
      return called(finite.sub(constant));
    }
  }

  private static boolean isFloating(NDArray x) {
    return x.getDataType() == DataType.FLOAT32 || x.getDataType() == DataType.FLOAT64;
  }
}
