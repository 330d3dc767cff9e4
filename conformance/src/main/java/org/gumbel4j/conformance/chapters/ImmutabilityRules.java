package org.gumbel4j.conformance.chapters;

import static org.gumbel4j.conformance.check.Close.checkBits;
import static org.gumbel4j.conformance.check.Close.checkEqual;

import java.util.List;
import org.gumbel4j.conformance.check.EveryPrimitive;
import org.gumbel4j.conformance.check.EveryPrimitive.Operands;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.UnsupportedCapabilityException;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Primitives: nothing changes once it is made. */
abstract class ImmutabilityRules extends Section {
  @Rule("P70")
  void noPrimitiveChangesItsOperands() {
    for (EveryPrimitive.Call call : EveryPrimitive.CALLS) {
      if (!call.applies(device().capabilities())) {
        continue;
      }
      Operands operands = Operands.on(backend());
      List<Kept> before = operands.all().stream().map(Kept::new).toList();
      Object result = call.primitive().apply(backend(), operands);
      Kept made = new Kept(result);
      for (int i = 0; i < before.size(); i++) {
        int which = i;
        before.get(i).check(operands.all().get(i), call.name() + ", operand " + which);
      }
      // A later call must not change an earlier result either: it may sit in a buffer used again.
      call.primitive()
          .apply(
              backend(),
              new Operands(operands.y(), operands.y(), operands.index(), operands.flag()));
      made.check(result, "the result of " + call.name() + " after it was called again");
    }
  }

  @Rule("P71")
  void resultsOutliveTheirOperands() {
    for (EveryPrimitive.Call call : EveryPrimitive.CALLS) {
      if (!call.applies(device().capabilities())) {
        continue;
      }
      Operands operands = Operands.on(backend());
      Object result = call.primitive().apply(backend(), operands);
      Kept made = new Kept(result);
      operands.all().forEach(backend()::release);
      Operands.on(backend()); // takes the room that was given back
      made.check(result, "the result of " + call.name() + ", its operands released");
    }
  }

  /** A handle as it was. */
  private final class Kept {
    private final Shape shape;
    private final DType dtype;
    private final double[] entries;

    Kept(Object handle) {
      shape = backend().shape(handle);
      dtype = backend().dtype(handle);
      entries = read(handle);
    }

    void check(Object handle, String what) {
      checkEqual(() -> what + ", shape", shape, backend().shape(handle));
      checkEqual(() -> what + ", type", dtype, backend().dtype(handle));
      checkBits(() -> what, entries, read(handle));
    }
  }

  @Rule(
      value = "P72",
      without = {Capability.GATHERING, Capability.SORTING, Capability.CUMULATIVE_SUM})
  void primitivesDeclaredAbsentSaySo() {
    for (EveryPrimitive.Call call : EveryPrimitive.CALLS) {
      Capability needs = call.needs();
      if (needs != null && !device().can(needs)) {
        try {
          call.primitive().apply(backend(), Operands.on(backend()));
        } catch (UnsupportedCapabilityException e) {
          checkEqual(() -> call.name() + " names the capability", needs, e.capability());
          continue;
        }
        throw new AssertionError(
            call.name() + ": " + needs + " is declared absent, but the primitive answered");
      }
    }
  }
}
