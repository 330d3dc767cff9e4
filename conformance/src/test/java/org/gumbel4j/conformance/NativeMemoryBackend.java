package org.gumbel4j.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.gumbel4j.conformance.tiny.TinyBackend;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.Device;
import org.jspecify.annotations.Nullable;

/**
 * The tiny backend as if its arrays were freed by hand and its device ran behind: counts the arrays
 * that are alive, frees what a scope owns, looks at checks with the next read-back, and throws
 * whatever core does that its promises to backends rule out, such as a use after the end.
 */
final class NativeMemoryBackend {
  private final Backend<Object> engine = engine();
  private final Set<Array> alive = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<Deque<Region>> regions = ThreadLocal.withInitial(ArrayDeque::new);
  private final ThreadLocal<Deque<Check>> checks = ThreadLocal.withInitial(ArrayDeque::new);

  private boolean leaking;

  private record Check(boolean holds, Supplier<?> error) {}

  /** A handle; null inside when it is freed. Guarded by itself. */
  private static final class Array {
    private @Nullable Object content;
    private @Nullable Region owner;

    private Array(Object content) {
      this.content = content;
    }
  }

  private final class Region implements BackendScope {
    private final Thread thread = Thread.currentThread();
    private final Set<Array> owned = ConcurrentHashMap.newKeySet();
    private boolean closed;

    @Override
    public void close() {
      require(!closed, "a scope is closed twice");
      require(thread == Thread.currentThread(), "a scope is closed by another thread");
      require(regions.get().peek() == this, "a scope is closed out of order");
      regions.get().pop();
      closed = true;
      new LinkedHashSet<>(owned).forEach(NativeMemoryBackend.this::free);
    }
  }

  @SuppressWarnings("unchecked") // its arrays go back to it alone
  private static Backend<Object> engine() {
    return (Backend<Object>) (Backend<?>) new TinyBackend();
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new AssertionError(fault);
    }
  }

  long liveArrays() {
    return alive.size();
  }

  /** From here on {@code exp} leaves a temporary behind that belongs to no scope. */
  NativeMemoryBackend leaking() {
    leaking = true;
    return this;
  }

  Device open() {
    return Device.of(build());
  }

  @SuppressWarnings("unchecked")
  Backend<Object> build() {
    return (Backend<Object>)
        Proxy.newProxyInstance(
            NativeMemoryBackend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> call((Backend<Object>) proxy, method, arguments));
  }

  private @Nullable Object call(Backend<Object> self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object[] a = arguments == null ? new Object[0] : arguments;
    return switch (method.getName()) {
      case "name" -> "native";
      case "capabilities" -> EnumSet.allOf(Capability.class);
      case "fused" -> new FusedOps<>(self);
      case "openScope" -> openScope();
      case "attach" -> attach((Array) a[0], (Region) a[1]);
      case "release" -> free((Array) a[0]);
      case "liveArrays" -> OptionalLong.of(alive.size());
      case "check" ->
          checks.get().add(new Check(engine.toBooleans(content(a[0]))[0], (Supplier<?>) a[1]));
      case "synchronize", "toFloats", "toDoubles", "toLongs", "toBooleans" -> {
        lookAtChecks();
        yield forward(method, a);
      }
      default -> forward(method, a);
    };
  }

  private Region openScope() {
    Region region = new Region();
    regions.get().push(region);
    return region;
  }

  private @Nullable Object forward(Method method, Object[] arguments) throws Throwable {
    Object[] inner = new Object[arguments.length];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = unwrapped(arguments[i]);
    }
    try {
      Object result = method.invoke(engine, inner);
      if (leaking && method.getName().equals("exp")) {
        alive.add(new Array(result));
      }
      return method.getGenericReturnType().getTypeName().equals("H") ? made(result) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object unwrapped(Object argument) {
    if (argument instanceof List<?> parts) {
      return parts.stream().map(NativeMemoryBackend::content).toList();
    }
    return argument instanceof Array ? content(argument) : argument;
  }

  private static Object content(Object handle) {
    Array array = (Array) handle;
    synchronized (array) {
      if (array.content == null) {
        throw new AssertionError("an array is used after it was freed");
      }
      return array.content;
    }
  }

  private Array made(Object result) {
    Array array = new Array(result);
    Region region = regions.get().peek();
    array.owner = region;
    if (region != null) {
      region.owned.add(array);
    }
    alive.add(array);
    return array;
  }

  private @Nullable Object attach(Array array, @Nullable Region target) {
    content(array);
    Region owner = array.owner;
    Thread here = Thread.currentThread();
    require(owner == null || owner.thread == here, "an array of another thread is attached");
    require(target == null || !target.closed, "an array is attached to a closed scope");
    require(target == null || target.thread == here, "attached to another thread's scope");
    if (owner != null) {
      owner.owned.remove(array);
    }
    array.owner = target;
    if (target != null) {
      target.owned.add(array);
    }
    return null;
  }

  private @Nullable Object free(Array array) {
    synchronized (array) {
      require(array.content != null, "an array is freed twice");
      array.content = null;
    }
    Region owner = array.owner;
    if (owner != null) {
      owner.owned.remove(array);
    }
    alive.remove(array);
    return null;
  }

  private void lookAtChecks() {
    Deque<Check> mine = checks.get();
    while (!mine.isEmpty()) {
      Check check = mine.poll();
      if (!check.holds) {
        mine.clear();
        throw (RuntimeException) check.error.get();
      }
    }
  }
}
