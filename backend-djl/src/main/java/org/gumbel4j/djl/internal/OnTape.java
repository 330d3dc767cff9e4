package org.gumbel4j.djl.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.Function;
import org.gumbel4j.djl.DjlBackend;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/**
 * An algorithm of core on the engine's own tape, for one call: what it leaves behind on the way
 * goes with the call, its results belong to the manager of its input.
 */
public final class OnTape {
  private OnTape() {}

  /** As {@link #callAll}, for an algorithm of one result. */
  public static NDArray call(String operation, NDArray input, Function<Device, Tensor> algorithm) {
    return callAll(operation, input, tape -> List.of(algorithm.apply(tape))).get(0);
  }

  /**
   * Runs an algorithm on a tape of the input's engine and device.
   *
   * @param operation named in errors
   * @param input an array whose manager shall own the results
   * @param algorithm wraps the arrays that it needs with {@link DjlBackend#wrap}
   * @throws IllegalStateException if the input or its manager is closed
   */
  public static NDList callAll(
      String operation, NDArray input, Function<Device, List<Tensor>> algorithm) {
    NDManager owner = openManager(operation, input);
    try (NDManager temporary = owner.newSubManager()) {
      Device tape = DjlBackend.onEngineTape(temporary);
      NDList results = new NDList();
      for (Tensor result : algorithm.apply(tape)) {
        results.add(DjlBackend.unwrap(result, owner));
      }
      return results;
    }
  }

  /**
   * The manager of an array, both open.
   *
   * @throws IllegalStateException if one of them is not
   */
  public static NDManager openManager(String operation, NDArray input) {
    if (input.isReleased() || !input.getManager().isOpen()) {
      throw new IllegalStateException(
          operation
              + ": the input is closed, by close() or with its manager; keep both open until the"
              + " results are read and the backward pass is done");
    }
    return input.getManager();
  }

  /**
   * Requires an array of floating type.
   *
   * @throws IllegalArgumentException if it is of another
   */
  public static void requireFloating(String operation, String argument, NDArray x) {
    DataType type = x.getDataType();
    if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
      throw new IllegalArgumentException(
          operation
              + ": "
              + argument
              + " are "
              + type
              + " "
              + x.getShape()
              + "; they must be FLOAT32 or FLOAT64, so convert them with toType");
    }
  }
}
