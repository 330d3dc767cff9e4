package org.gumbel4j.tensor;

import org.gumbel4j.spi.BackendScope;
import org.jspecify.annotations.Nullable;

/**
 * How long tensors live: what is made on a thread while a scope is open goes when it closes, but
 * for what {@link #keep} hands on.
 *
 * <pre>{@code
 * try (Scope scope = device.openScope()) {
 *   Tensor loss = model.loss(batch);
 *   history.add(scope.keep(loss));   // everything else goes
 * }
 * }</pre>
 *
 * <p>Scopes of one device nest, on one thread. A tensor used after its scope has closed throws an
 * error that names the operation that made it, on every backend alike. Where memory is the garbage
 * collector's, a scope costs next to nothing; where it is native, it is what keeps training from
 * leaking: many methods make tensors on the way to their result that only a scope can reach, so
 * there, open one around each step.
 *
 * @since 0.1
 */
public final class Scope implements AutoCloseable {
  private final Device device;
  private final @Nullable Scope parent;
  private final BackendScope backendScope;
  private final Thread thread = Thread.currentThread();
  private boolean closed;

  Scope(Device device, @Nullable Scope parent, BackendScope backendScope) {
    this.device = device;
    this.parent = parent;
    this.backendScope = backendScope;
  }

  /**
   * Hands a tensor of this scope to the scope around it, or, if there is none, to the caller, whose
   * it is until {@link Tensor#close}. A tensor that does not belong to this scope is left where it
   * is.
   *
   * @return the tensor
   */
  public Tensor keep(Tensor x) {
    requireOpen("keep");
    x.moveOut(this, parent);
    return x;
  }

  /** Closes the scope, and with it every tensor that it still owns. Closing again does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    requireThread("close");
    device.leave(this, parent);
    closed = true;
    backendScope.close();
  }

  boolean isClosed() {
    return closed;
  }

  BackendScope backendScope() {
    return backendScope;
  }

  private void requireOpen(String operation) {
    if (closed) {
      throw new IllegalStateException("Scope." + operation + ": this scope is closed");
    }
    requireThread(operation);
  }

  private void requireThread(String operation) {
    if (thread != Thread.currentThread()) {
      throw new IllegalStateException(
          "Scope."
              + operation
              + ": opened on thread '"
              + thread.getName()
              + "', called on '"
              + Thread.currentThread().getName()
              + "'; scopes are confined to their thread");
    }
  }
}
