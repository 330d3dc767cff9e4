package org.gumbel4j.internal;

import org.gumbel4j.internal.graph.Node;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The door through which core's other packages reach what {@link Tensor} hides from its users.
 * Tensor installs it when it is initialised, and nobody needs it before there is a tensor or a
 * device.
 */
public abstract class TensorAccess {
  private static @Nullable TensorAccess instance;

  /** The one instance. */
  public static TensorAccess get() {
    TensorAccess access = instance;
    if (access == null) {
      throw new IllegalStateException("no tensor was ever made");
    }
    return access;
  }

  /** For Tensor alone. */
  public static void install(TensorAccess access) {
    instance = access;
  }

  /** A tensor's place in the graph; null for a constant. */
  public abstract @Nullable Node node(Tensor x);

  /** The same entries at another place in the graph; null makes it a constant. */
  public abstract Tensor withNode(Tensor x, @Nullable Node node);

  /**
   * The backend's array behind a tensor that is not empty.
   *
   * @throws IllegalStateException if it was released; the message names the operation that wants it
   */
  public abstract Object handle(Tensor x, String operation);

  /** A new tensor, owned by the innermost scope. */
  public abstract Tensor create(
      Device device,
      @Nullable Object handle,
      Shape shape,
      DType dtype,
      @Nullable Node node,
      String operation);

  /** The device's backend, its handles seen as objects. */
  public abstract Backend<Object> backend(Device device);
}
