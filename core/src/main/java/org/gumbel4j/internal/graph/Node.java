package org.gumbel4j.internal.graph;

import java.util.List;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A tensor's place in the graph of one gradient: where it stands on the tape, and the ways back.
 */
public final class Node {
  private final Tape tape;
  private final int index;
  private List<Edge> edges;
  private @Nullable Tensor output;

  Node(Tape tape, int index, List<Edge> edges) {
    this.tape = tape;
    this.index = index;
    this.edges = edges;
  }

  Tape tape() {
    return tape;
  }

  int index() {
    return index;
  }

  List<Edge> edges() {
    return edges;
  }

  Tensor output() {
    if (output == null) {
      throw new IllegalStateException("a recorded operation has no result: it failed half-way");
    }
    return output;
  }

  /** Tells the node its tensor, which could not exist before it. */
  public void setOutput(Tensor tensor) {
    output = tensor;
  }

  /** Lets go of everything that the node keeps alive. */
  void release() {
    edges = List.of();
    output = null;
  }
}
