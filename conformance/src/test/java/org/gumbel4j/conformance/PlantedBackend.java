package org.gumbel4j.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.gumbel4j.conformance.tiny.TinyBackend;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.Device;

/** The tiny backend with a fault. */
final class PlantedBackend {
  private final Backend<Object> right = rightOne();
  private final Map<String, Fault> faults = new HashMap<>();
  private Function<Backend<Object>, FusedOps<Object>> fused = FusedOps::new;

  /** What a primitive does instead. */
  @FunctionalInterface
  interface Fault {
    Object apply(Backend<Object> right, Object[] arguments);
  }

  @SuppressWarnings("unchecked") // its handles go back to it alone
  private static Backend<Object> rightOne() {
    return (Backend<Object>) (Backend<?>) new TinyBackend();
  }

  PlantedBackend primitive(String name, Fault fault) {
    faults.put(name, fault);
    return this;
  }

  PlantedBackend fused(Function<Backend<Object>, FusedOps<Object>> operations) {
    fused = operations;
    return this;
  }

  PlantedBackend without(Set<Capability> capabilities) {
    return primitive(
        "capabilities",
        (backend, arguments) -> {
          Set<Capability> left = EnumSet.copyOf(backend.capabilities());
          left.removeAll(capabilities);
          return left;
        });
  }

  @SuppressWarnings("unchecked")
  Backend<Object> build() {
    return (Backend<Object>)
        Proxy.newProxyInstance(
            PlantedBackend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              Fault fault = faults.get(method.getName());
              if (fault != null) {
                return fault.apply(right, arguments);
              }
              if (method.getName().equals("fused")) {
                return fused.apply((Backend<Object>) proxy);
              }
              if (method.getName().equals("name")) {
                return "planted";
              }
              try {
                return method.invoke(right, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  Device open() {
    return Device.of(build());
  }
}
