package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.gumbel4j.tensor.Shape;

/**
 * Conditions on values that have not been looked at, each thread's apart. They wait as arrays on
 * the device, and are read in one go with the thread's next read-back.
 */
final class PendingChecks {
  /** More than this many are not kept: whoever reads nothing back for so long waits once. */
  private static final int MOST = 1000;

  private static final Shape ONE = Shape.of(1);

  private final EngineOps ops;

  @SuppressWarnings("ThreadLocalUsage") // one for each backend
  private final ThreadLocal<List<Check>> waiting = ThreadLocal.withInitial(ArrayList::new);

  private record Check(NDArray condition, Supplier<RuntimeException> error) {}

  PendingChecks(EngineOps ops) {
    this.ops = ops;
  }

  /** Remembers a condition, whose own array may go. */
  void add(NDArray condition, Supplier<RuntimeException> error) {
    List<Check> checks = waiting.get();
    NDArray kept = ops.reshape(condition, ONE);
    NDScope.unregister(kept);
    checks.add(new Check(kept, error));
    if (checks.size() >= MOST) {
      settle();
    }
  }

  /**
   * Looks at what this thread has waiting, and throws the error of the first that does not hold.
   */
  void settle() {
    List<Check> checks = waiting.get();
    if (checks.isEmpty()) {
      return;
    }
    List<Check> due = List.copyOf(checks);
    checks.clear();
    boolean[] hold = read(due);
    for (int i = 0; i < hold.length; i++) {
      if (!hold[i]) {
        throw due.get(i).error().get();
      }
    }
  }

  private boolean[] read(List<Check> due) {
    List<NDArray> conditions = due.stream().map(Check::condition).toList();
    try {
      if (conditions.size() == 1) {
        return ops.toBooleans(conditions.get(0));
      }
      try (NDArray all = ops.concat(conditions, 0)) {
        return ops.toBooleans(all);
      }
    } finally {
      conditions.forEach(NDArray::close);
    }
  }
}
