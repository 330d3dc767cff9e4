package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gumbel4j.conformance.tiny.TinyBackend;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Core keeps tensors without entries to itself: a backend that looks for them never sees one. */
class EmptyTensorsTest {
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @SuppressWarnings("unchecked")
  private Backend<Object> watched() {
    Backend<Object> tiny = (Backend<Object>) (Backend<?>) new TinyBackend();
    return (Backend<Object>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("fused")) {
                return new FusedOps<>((Backend<Object>) proxy);
              }
              Object result;
              try {
                result = method.invoke(tiny, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (arguments != null) {
                for (Object argument : arguments) {
                  if (argument instanceof Shape shape && shape.isEmpty()) {
                    seen.add(method.getName() + " was given the shape " + shape);
                  }
                }
              }
              if (result instanceof Shape shape && shape.isEmpty()) {
                seen.add("an array has the shape " + shape);
              }
              return result;
            });
  }

  @Test
  void noEmptyTensorReachesTheBackend() {
    ConformanceReport report =
        ConformanceRunner.run(
            "watched", () -> Device.of(watched()), List.of("Errors"), chapter -> {});
    assertThat(report.isConformant()).as(ConformanceMatrix.text(List.of(report))).isTrue();
    assertThat(seen).isEmpty();
  }
}
