package org.gumbel4j.internal.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Operations that move entries without computing. */
public final class ShapeMoves {
  private ShapeMoves() {}

  /** The same entries under another shape. */
  public static Tensor reshape(Tensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    if (x.size() != shape.size()) {
      throw new IllegalArgumentException(
          "reshape: "
              + x.shape()
              + " has "
              + x.size()
              + " entries, "
              + shape
              + " has "
              + shape.size());
    }
    return Op.emit(
        "reshape",
        x,
        shape,
        x.dtype(),
        () -> Op.backend(x).reshape(Op.handle(x, "reshape"), shape),
        new Input(x, (y, g) -> reshape(g, x.shape())));
  }

  /** The shape with one extent of −1 worked out from the number of entries. */
  public static Shape infer(Tensor x, long[] dims) {
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == -1 && unknown < 0) {
        unknown = i;
      } else {
        known *= dims[i];
      }
    }
    if (unknown < 0) {
      return Shape.of(dims);
    }
    if (known <= 0 || x.size() % known != 0) {
      throw new IllegalArgumentException(
          "reshape: cannot work out -1 in "
              + Arrays.toString(dims)
              + " for "
              + x.size()
              + " entries of "
              + x.shape());
    }
    long[] result = dims.clone();
    result[unknown] = x.size() / known;
    return Shape.of(result);
  }

  /** Axes rearranged. */
  public static Tensor permute(Tensor x, int[] permutation) {
    int rank = x.rank();
    int[] to = new int[permutation.length];
    int[] inverse = new int[rank];
    Arrays.fill(inverse, -1);
    long[] dims = new long[rank];
    boolean valid = permutation.length == rank;
    for (int i = 0; valid && i < rank; i++) {
      to[i] = x.shape().axis(permutation[i], "permute");
      valid = inverse[to[i]] < 0;
      inverse[to[i]] = i;
      dims[i] = x.shape().dim(to[i]);
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "permute: "
              + Arrays.toString(permutation)
              + " does not name each axis of "
              + x.shape()
              + " once");
    }
    return Op.emit(
        "permute",
        x,
        Shape.of(dims),
        x.dtype(),
        () -> Op.backend(x).permute(Op.handle(x, "permute"), to),
        new Input(x, (y, g) -> permute(g, inverse)));
  }

  /** Entries repeated. */
  public static Tensor broadcastTo(Tensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    if (!x.shape().isBroadcastableTo(shape)) {
      throw new IllegalArgumentException(
          "broadcastTo: "
              + x.shape()
              + " does not stretch to "
              + shape
              + "; aligned at the last axis, extents must be equal or 1");
    }
    if (x.size() == shape.size()) {
      return reshape(x, shape); // new axes of extent 1 alone: nothing to copy
    }
    return Op.emit(
        "broadcastTo",
        x,
        shape,
        x.dtype(),
        () -> Op.backend(x).broadcastTo(Op.handle(x, "broadcastTo"), shape),
        new Input(x, (y, g) -> Arithmetic.unbroadcast(g, x.shape())));
  }

  /** The entries from … to − 1 along an axis. */
  public static Tensor slice(Tensor x, int axis, long from, long to) {
    int a = x.shape().axis(axis, "slice");
    long extent = x.shape().dim(a);
    if (from < 0 || to < from || to > extent) {
      throw new IllegalArgumentException(
          "slice: "
              + from
              + " … "
              + to
              + " is outside 0 … "
              + extent
              + " of axis "
              + axis
              + " of "
              + x.shape());
    }
    if (from == 0 && to == extent) {
      return x;
    }
    return Op.emit(
        "slice",
        x,
        x.shape().with(a, to - from),
        x.dtype(),
        () -> Op.backend(x).slice(Op.handle(x, "slice"), a, from, to),
        new Input(x, (y, g) -> pad(g, a, from, extent - to)));
  }

  private static Tensor pad(Tensor g, int axis, long before, long after) {
    List<Tensor> parts = new ArrayList<>(3);
    parts.add(g.device().zeros(g.shape().with(axis, before), g.dtype()));
    parts.add(g);
    parts.add(g.device().zeros(g.shape().with(axis, after), g.dtype()));
    return concat(parts, axis);
  }

  /** Tensors one after another. */
  public static Tensor concat(List<Tensor> parts, int axis) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concat: needs at least one tensor");
    }
    Tensor first = parts.get(0);
    int a = first.shape().axis(axis, "concat");
    long extent = 0;
    for (Tensor part : parts) {
      Op.sameType("concat", first, part);
      if (part.rank() != first.rank()
          || !part.shape().with(a, 0).equals(first.shape().with(a, 0))) {
        throw new IllegalArgumentException(
            "concat: "
                + part.shape()
                + " does not continue "
                + first.shape()
                + " along axis "
                + axis);
      }
      extent += part.shape().dim(a);
    }
    List<Tensor> filled = parts.stream().filter(p -> !p.shape().isEmpty()).toList();
    if (filled.size() == 1 && filled.get(0).shape().dim(a) == extent) {
      return filled.get(0);
    }
    Input[] inputs = new Input[filled.size()];
    long from = 0;
    for (int i = 0; i < inputs.length; i++) {
      long start = from;
      long end = from + filled.get(i).shape().dim(a);
      inputs[i] = new Input(filled.get(i), (y, g) -> slice(g, a, start, end));
      from = end;
    }
    return Op.emit(
        "concat",
        first,
        first.shape().with(a, extent),
        first.dtype(),
        () ->
            Op.backend(first).concat(filled.stream().map(p -> Op.handle(p, "concat")).toList(), a),
        inputs);
  }
}
