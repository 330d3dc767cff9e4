package org.gumbel4j.conformance.chapters;

import java.util.List;
import java.util.function.Supplier;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A chapter of rules: opens the device once, and around each rule a scope, so that a backend with
 * native memory is not filled up by the kit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(RuleNames.class)
@ExtendWith(CapabilityCondition.class)
public abstract class Chapter {
  private @Nullable Device device;
  private @Nullable Scope scope;

  /** Opens the device under test; the chapter closes it. */
  protected abstract Device openDevice();

  @BeforeAll
  final void openChapter() {
    device = openDevice();
  }

  @AfterAll
  final void closeChapter() {
    Throws.expectNothing();
    if (device != null) {
      device.close();
    }
  }

  @BeforeEach
  final void openRule() {
    Throws.expectFrom(device());
    scope = device().openScope();
  }

  @AfterEach
  final void closeRule() {
    if (scope != null) {
      scope.close();
    }
  }

  /** The device under test. */
  protected final Device device() {
    if (device == null) {
      throw new IllegalStateException("the chapter has not been opened");
    }
    return device;
  }

  /**
   * The backend under test, its handles seen as objects; they go back only where they came from.
   */
  @SuppressWarnings("unchecked")
  protected final Backend<Object> backend() {
    return (Backend<Object>) device().backend();
  }

  /** Runs something in a scope of its own, so that what it makes is freed. */
  @SuppressWarnings("try") // the scope is there to be closed
  protected final <T> T inScope(Supplier<T> work) {
    try (Scope inner = device().openScope()) {
      return work.get();
    }
  }

  /** The floating types that the backend has, FLOAT32 first. */
  protected final List<DType> floatingTypes() {
    return device().can(Capability.FLOAT64)
        ? List.of(DType.FLOAT32, DType.FLOAT64)
        : List.of(DType.FLOAT32);
  }

  /** The floating types and INT64. */
  protected final List<DType> numericTypes() {
    return device().can(Capability.FLOAT64)
        ? List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64)
        : List.of(DType.FLOAT32, DType.INT64);
  }

  /** All types that the backend has. */
  protected final List<DType> allTypes() {
    return device().can(Capability.FLOAT64)
        ? List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.BOOL)
        : List.of(DType.FLOAT32, DType.INT64, DType.BOOL);
  }

  /** The type for delicate comparisons: FLOAT64 where there is one. */
  protected final DType finestType() {
    return device().can(Capability.FLOAT64) ? DType.FLOAT64 : DType.FLOAT32;
  }

  /** A handle of the values, rounded to the type; for BOOL nonzero is true. */
  protected final Object handle(double[] values, Shape shape, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> backend().create(Samples.toFloats(values), shape);
      case FLOAT64 -> backend().create(values.clone(), shape);
      case INT64 -> backend().create(Samples.toLongs(values), shape);
      case BOOL -> backend().create(Samples.toBooleans(values), shape);
    };
  }

  /** The entries of a handle as doubles, whatever its type. */
  protected final double[] read(Object handle) {
    return switch (backend().dtype(handle)) {
      case FLOAT32 -> Samples.toDoubles(backend().toFloats(handle));
      case FLOAT64 -> backend().toDoubles(handle);
      case INT64 -> Samples.toDoubles(backend().toLongs(handle));
      case BOOL -> Samples.toDoubles(backend().toBooleans(handle));
    };
  }

  /** A tensor of the values, rounded to the type; for BOOL nonzero is true. */
  protected final Tensor tensor(double[] values, DType dtype, long... dims) {
    return switch (dtype) {
      case FLOAT32, FLOAT64 -> device().tensor(values, dtype, dims);
      case INT64 -> device().tensor(Samples.toLongs(values), dims);
      case BOOL -> device().tensor(Samples.toBooleans(values), dims);
    };
  }

  /** The entries of a tensor as doubles, whatever its type. */
  protected static double[] read(Tensor x) {
    return switch (x.dtype()) {
      case FLOAT32 -> Samples.toDoubles(x.toFloats());
      case FLOAT64 -> x.toDoubles();
      case INT64 -> Samples.toDoubles(x.toLongs());
      case BOOL -> Samples.toDoubles(x.toBooleans());
    };
  }
}
