package org.gumbel4j.internal.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.gumbel4j.internal.TensorAccess;
import org.gumbel4j.internal.graph.Edge;
import org.gumbel4j.internal.graph.Node;
import org.gumbel4j.internal.graph.Tape;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.UnsupportedCapabilityException;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What every operation does alike: check, compute unless the result is empty, record. */
final class Op {
  private Op() {}

  static Backend<Object> backend(Tensor x) {
    return TensorAccess.get().backend(x.device());
  }

  static Object handle(Tensor x, String operation) {
    return TensorAccess.get().handle(x, operation);
  }

  static boolean isTracked(Tensor x) {
    return Tape.isTracked(TensorAccess.get().node(x));
  }

  /** Computes a result on the device of {@code like} and records it if an input is tracked. */
  static Tensor emit(
      String operation,
      Tensor like,
      Shape shape,
      DType dtype,
      Supplier<Object> forward,
      Input... inputs) {
    Object handle = shape.isEmpty() ? null : forward.get();
    Node node = node(inputs);
    Tensor y = TensorAccess.get().create(like.device(), handle, shape, dtype, node, operation);
    if (node != null) {
      node.setOutput(y);
    }
    return y;
  }

  /** The entries of one tensor with the gradients of others. */
  static Tensor alias(Tensor value, Input... inputs) {
    Node node = node(inputs);
    Tensor y = TensorAccess.get().withNode(value, node);
    if (node != null) {
      node.setOutput(y);
    }
    return y;
  }

  private static @Nullable Node node(Input... inputs) {
    List<Edge> edges = new ArrayList<>(inputs.length);
    for (Input input : inputs) {
      Node operand = TensorAccess.get().node(input.tensor());
      if (operand != null && Tape.isTracked(operand)) {
        edges.add(new Edge(operand, input.pullback()));
      }
    }
    return edges.isEmpty() ? null : Tape.record(edges);
  }

  /**
   * As {@link #emit}, for an operation that may leave temporaries behind: where memory is native,
   * they are freed at once.
   */
  static Tensor emitFused(
      String operation,
      Tensor like,
      Shape shape,
      DType dtype,
      Supplier<Object> forward,
      Input... inputs) {
    return emit(operation, like, shape, dtype, () -> like.device().scoped(forward), inputs);
  }

  static void sameDevice(String operation, Tensor a, Tensor b) {
    if (a.device() != b.device()) {
      throw new IllegalArgumentException(
          operation
              + ": tensors of two devices, '"
              + a.device().name()
              + "' and '"
              + b.device().name()
              + "'; move one with device.tensor(x.toFloats(), shape)");
    }
  }

  static void sameType(String operation, Tensor a, Tensor b) {
    sameDevice(operation, a, b);
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          operation
              + ": types "
              + describe(a)
              + " and "
              + describe(b)
              + " differ; nothing is promoted silently, so cast one of them");
    }
  }

  static void floating(String operation, Tensor x) {
    if (!x.dtype().isFloating()) {
      throw wrongType(operation, "FLOAT32 or FLOAT64", x);
    }
  }

  static void numeric(String operation, Tensor x) {
    if (x.dtype() == DType.BOOL) {
      throw wrongType(operation, "a number type", x);
    }
  }

  static void type(String operation, String argument, DType wanted, Tensor x) {
    if (x.dtype() != wanted) {
      throw wrongType(operation, argument + " of type " + wanted, x);
    }
  }

  static void require(String operation, Tensor x, Capability capability) {
    if (!backend(x).capabilities().contains(capability)) {
      throw new UnsupportedCapabilityException(operation, x.device().name(), capability);
    }
  }

  private static IllegalArgumentException wrongType(String operation, String wanted, Tensor x) {
    return new IllegalArgumentException(
        operation + ": needs " + wanted + ", but got " + describe(x) + "; use cast");
  }

  static String describe(Tensor x) {
    return x.dtype() + x.shape().toString();
  }
}
