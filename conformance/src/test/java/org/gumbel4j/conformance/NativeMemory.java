package org.gumbel4j.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.gumbel4j.conformance.tiny.TinyBackend;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.Device;

/**
 * The tiny backend as if its arrays had to be freed by hand: each belongs to a scope, is counted
 * while it lives, and must not be touched afterwards.
 */
final class NativeMemory {
  private final Backend<?> tiny = new TinyBackend();
  private final Set<Identity> live = new HashSet<>();
  private final ThreadLocal<Deque<OwnedArrays>> scopes = ThreadLocal.withInitial(ArrayDeque::new);
  private final boolean leaking;

  private NativeMemory(boolean leaking) {
    this.leaking = leaking;
  }

  /** A device that keeps its books. */
  static Device open() {
    return Device.of(new NativeMemory(false).build());
  }

  /** One whose {@code exp} leaves a temporary behind that belongs to no scope. */
  static Device openLeaking() {
    return Device.of(new NativeMemory(true).build());
  }

  /** An array by itself, not by its entries. */
  private record Identity(Object array) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that && that.array == array;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(array);
    }
  }

  private final class OwnedArrays implements BackendScope {
    final List<Identity> arrays = new ArrayList<>();

    @Override
    public void close() {
      if (scopes.get().pop() != this) {
        throw new IllegalStateException("scopes are not closed in nested order");
      }
      synchronized (live) {
        arrays.forEach(live::remove);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private Backend<Object> build() {
    return (Backend<Object>)
        Proxy.newProxyInstance(
            NativeMemory.class.getClassLoader(), new Class<?>[] {Backend.class}, this::invoke);
  }

  @SuppressWarnings("unchecked")
  private Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "name" -> "native";
      case "capabilities" -> EnumSet.allOf(Capability.class);
      case "fused" -> new FusedOps<>((Backend<Object>) proxy);
      case "openScope" -> {
        OwnedArrays scope = new OwnedArrays();
        scopes.get().push(scope);
        yield scope;
      }
      case "attach" -> {
        attach(new Identity(arguments[0]), (OwnedArrays) arguments[1]);
        yield null;
      }
      case "release" -> {
        free(new Identity(arguments[0]));
        yield null;
      }
      case "liveArrays" -> {
        synchronized (live) {
          yield OptionalLong.of(live.size());
        }
      }
      default -> compute(method, arguments);
    };
  }

  private void attach(Identity array, OwnedArrays scope) {
    for (OwnedArrays owner : scopes.get()) {
      owner.arrays.remove(array);
    }
    if (scope != null) {
      scope.arrays.add(array);
    }
  }

  private void free(Identity array) {
    attach(array, null);
    synchronized (live) {
      live.remove(array);
    }
  }

  private Object compute(Method method, Object[] arguments) throws Throwable {
    if (arguments != null) {
      for (Object argument : arguments) {
        if (argument instanceof List<?> parts) {
          parts.forEach(part -> requireLive(method, part));
        } else {
          requireLive(method, argument);
        }
      }
    }
    Object result;
    try {
      result = method.invoke(tiny, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (isArray(result)) {
      own(result);
      if (leaking && method.getName().equals("exp")) {
        synchronized (live) {
          live.add(new Identity(new Object()));
        }
      }
    }
    return result;
  }

  private void own(Object array) {
    Identity identity = new Identity(array);
    synchronized (live) {
      live.add(identity);
    }
    OwnedArrays innermost = scopes.get().peek();
    if (innermost != null) {
      innermost.arrays.add(identity);
    }
  }

  private void requireLive(Method method, Object argument) {
    if (isArray(argument)) {
      synchronized (live) {
        if (!live.contains(new Identity(argument))) {
          throw new AssertionError(method.getName() + " was called with an array that is freed");
        }
      }
    }
  }

  private static boolean isArray(Object x) {
    return x != null && x.getClass().getSimpleName().equals("TinyArray");
  }
}
