package org.gumbel4j.tensor;

import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendScope;
import org.jspecify.annotations.Nullable;

/** A backend's array with its owner: shared by the tensors that are the same entries. */
final class Storage {
  private final Backend<Object> backend;
  private @Nullable Object handle;
  private final String origin;
  private volatile @Nullable Scope owner;
  private volatile boolean released;
  private volatile boolean shared;

  Storage(Backend<Object> backend, @Nullable Object handle, String origin, @Nullable Scope owner) {
    this.backend = backend;
    this.handle = handle;
    this.origin = origin;
    this.owner = owner;
  }

  boolean isReleased() {
    Scope scope = owner;
    return released || (scope != null && scope.isClosed());
  }

  Object handle(String operation, Shape shape) {
    Object array = handle; // first, since another thread may let go of it
    if (isReleased()) {
      throw new IllegalStateException(
          operation
              + ": the tensor "
              + shape
              + " made by '"
              + origin
              + "' was released, by close() or with its scope; hand it on with scope.keep(tensor)");
    }
    if (array == null) {
      throw new IllegalStateException(
          operation
              + ": the empty tensor "
              + shape
              + " reached the backend; this is a fault of core");
    }
    return array;
  }

  void moveOut(Scope from, @Nullable Scope to) {
    if (owner == from) {
      attach(to);
    }
  }

  void attach(@Nullable Scope to) {
    if (handle != null) {
      BackendScope target = to == null ? null : to.backendScope();
      backend.attach(handle, target);
    }
    owner = to;
  }

  /** Makes it live as long as its device: its owner is nobody, and nobody can release it. */
  void share() {
    attach(null);
    shared = true;
  }

  /** Synchronised, since two threads may close one tensor, and an array is freed once. */
  synchronized void release() {
    if (!shared && !isReleased()) {
      released = true;
      if (handle != null) {
        backend.release(handle);
        handle = null; // so that the garbage collector can have it while the tensor is still held
      }
    }
  }
}
