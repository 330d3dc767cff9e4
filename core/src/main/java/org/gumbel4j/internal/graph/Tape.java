package org.gumbel4j.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.gumbel4j.internal.TensorAccess;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one outermost gradient, in the order in which they ran (Wengert's list). Nested
 * gradients of the same thread write to the same tape: an inner one looks only at what follows its
 * own leaves, and what its pullbacks do is recorded too, which is what makes higher derivatives
 * work.
 */
public final class Tape {
  private static final ThreadLocal<Tape> CURRENT = new ThreadLocal<>();

  private final Thread owner = Thread.currentThread();
  private final List<Node> nodes = new ArrayList<>();
  private final @Nullable Tape outer = CURRENT.get();
  private boolean recording = true;

  private Tape() {}

  /**
   * The tape that this thread's operations are recorded on, or null. While a gradient is pulled
   * back nothing is, so that a gradient taken inside a pullback starts a tape of its own.
   */
  public static @Nullable Tape current() {
    Tape tape = CURRENT.get();
    return tape != null && tape.recording ? tape : null;
  }

  /** Starts an outermost gradient of this thread. */
  public static Tape open() {
    Tape tape = new Tape();
    CURRENT.set(tape);
    return tape;
  }

  /** Ends it: the graph is let go, and tensors that escaped count as constants. */
  public void close() {
    recording = false;
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
    nodes.forEach(Node::release);
    nodes.clear();
  }

  /** From here on operations are computed but not recorded. */
  public void stopRecording() {
    recording = false;
  }

  /** Runs something while nothing is recorded: what is being differentiated counts as constant. */
  public static <T> T unrecorded(Supplier<T> work) {
    Tape tape = current();
    if (tape == null) {
      return work.get();
    }
    tape.recording = false;
    try {
      return work.get();
    } finally {
      tape.recording = true;
    }
  }

  /** Where the next node will stand. */
  public int position() {
    return nodes.size();
  }

  /**
   * Whether operations on the node's tensor are to be recorded.
   *
   * @throws IllegalStateException if that gradient belongs to another thread
   */
  public static boolean isTracked(@Nullable Node node) {
    if (node == null || !node.tape().recording) {
      return false;
    }
    if (node.tape().owner != Thread.currentThread()) {
      throw new IllegalStateException(
          "a tensor whose gradient is being taken on thread '"
              + node.tape().owner.getName()
              + "' was used on thread '"
              + Thread.currentThread().getName()
              + "'; compute on one thread inside Autodiff, or pass x.stopGradient() to the other");
    }
    return true;
  }

  /** A new node, for an operation with at least one tracked operand; its edges lead to those. */
  public static Node record(List<Edge> edges) {
    return edges.get(0).operand().tape().append(edges);
  }

  /** A new starting point of differentiation, which stands for x and leads back to it. */
  public Tensor leaf(Tensor x) {
    Node outer = TensorAccess.get().node(x);
    List<Edge> edges =
        isTracked(outer) && outer != null ? List.of(new Edge(outer, (y, g) -> g)) : List.of();
    Node node = append(edges);
    Tensor leaf = TensorAccess.get().withNode(x, node);
    node.setOutput(leaf);
    return leaf;
  }

  private Node append(List<Edge> edges) {
    Node node = new Node(this, nodes.size(), edges);
    nodes.add(node);
    return node;
  }

  /**
   * Pulls a gradient back from y to leaves.
   *
   * @param y the result
   * @param seed the gradient with respect to y, of its shape
   * @param first the position of the first leaf; what stands before it is constant
   * @param count the number of leaves, which stand one after another
   * @return for each leaf its gradient, or null where y does not depend on it
   */
  public List<@Nullable Tensor> pullBack(Tensor y, Tensor seed, int first, int count) {
    Node last = TensorAccess.get().node(y);
    int length = last == null || last.tape() != this ? 0 : Math.max(0, last.index() + 1 - first);
    @Nullable Tensor[] gradients = new @Nullable Tensor[Math.max(length, count)];
    if (length > 0) {
      gradients[length - 1] = seed;
    }
    for (int i = length - 1; i >= count; i--) {
      Tensor g = gradients[i];
      if (g != null) {
        gradients[i] = null;
        passOn(nodes.get(first + i), g, first, gradients);
      }
    }
    List<@Nullable Tensor> result = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      result.add(gradients[i]);
    }
    return result;
  }

  private void passOn(Node node, Tensor g, int first, @Nullable Tensor[] gradients) {
    for (Edge edge : node.edges()) {
      int slot = edge.operand().index() - first;
      if (slot >= 0) {
        Tensor share = edge.pullback().apply(node.output(), g);
        Tensor sum = gradients[slot];
        gradients[slot] = sum == null ? share : sum.add(share);
      }
    }
    if (!recording) {
      node.release();
    }
  }
}
