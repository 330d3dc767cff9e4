package org.gumbel4j.conformance.check;

import java.util.List;
import java.util.Set;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** One call of each primitive that takes arrays and gives one, on small operands. */
public final class EveryPrimitive {
  private static final int[] AXES = {0};

  /** The calls, in the order in which {@link Backend} lists the methods. */
  public static final List<Call> CALLS =
      List.of(
          new Call("cast", null, (b, o) -> b.cast(o.x, DType.INT64)),
          new Call("neg", null, (b, o) -> b.neg(o.x)),
          new Call("abs", null, (b, o) -> b.abs(o.x)),
          new Call("sign", null, (b, o) -> b.sign(o.x)),
          new Call("exp", null, (b, o) -> b.exp(o.x)),
          new Call("expm1", null, (b, o) -> b.expm1(o.x)),
          new Call("log", null, (b, o) -> b.log(o.y)),
          new Call("log1p", null, (b, o) -> b.log1p(o.y)),
          new Call("sqrt", null, (b, o) -> b.sqrt(o.y)),
          new Call("tanh", null, (b, o) -> b.tanh(o.x)),
          new Call("add", null, (b, o) -> b.add(o.x, o.y)),
          new Call("sub", null, (b, o) -> b.sub(o.x, o.y)),
          new Call("mul", null, (b, o) -> b.mul(o.x, o.y)),
          new Call("div", null, (b, o) -> b.div(o.x, o.y)),
          new Call("pow", null, (b, o) -> b.pow(o.y, o.x)),
          new Call("maximum", null, (b, o) -> b.maximum(o.x, o.y)),
          new Call("minimum", null, (b, o) -> b.minimum(o.x, o.y)),
          new Call("equal", null, (b, o) -> b.equal(o.x, o.y)),
          new Call("less", null, (b, o) -> b.less(o.x, o.y)),
          new Call("lessEqual", null, (b, o) -> b.lessEqual(o.x, o.y)),
          new Call("and", null, (b, o) -> b.and(o.flag, o.flag)),
          new Call("or", null, (b, o) -> b.or(o.flag, o.flag)),
          new Call("not", null, (b, o) -> b.not(o.flag)),
          new Call("where", null, (b, o) -> b.where(o.flag, o.x, o.y)),
          new Call("sum", null, (b, o) -> b.sum(o.x, AXES, false)),
          new Call("max", null, (b, o) -> b.max(o.x, AXES, true)),
          new Call("min", null, (b, o) -> b.min(o.x, AXES, false)),
          new Call("argMax", null, (b, o) -> b.argMax(o.x, 1)),
          new Call("reshape", null, (b, o) -> b.reshape(o.x, Shape.of(2, 6))),
          new Call("permute", null, (b, o) -> b.permute(o.x, new int[] {1, 0})),
          new Call("broadcastTo", null, (b, o) -> b.broadcastTo(o.x, Shape.of(2, 3, 4))),
          new Call("concat", null, (b, o) -> b.concat(List.of(o.x, o.y), 0)),
          new Call("slice", null, (b, o) -> b.slice(o.x, 1, 1, 3)),
          new Call("gather", Capability.GATHERING, (b, o) -> b.gather(o.x, o.index, 0)),
          new Call(
              "scatterAdd", Capability.GATHERING, (b, o) -> b.scatterAdd(o.x, o.index, o.y, 0)),
          new Call("argSort", Capability.SORTING, (b, o) -> b.argSort(o.x, 0, true)),
          new Call("cumSum", Capability.CUMULATIVE_SUM, (b, o) -> b.cumSum(o.x, 1)),
          new Call("matMul", null, (b, o) -> b.matMul(o.x, o.y, true, false)));

  private EveryPrimitive() {}

  /**
   * One call.
   *
   * @param name the method's
   * @param needs the capability that it takes, or null
   * @param primitive the call
   */
  public record Call(String name, @Nullable Capability needs, Primitive primitive) {
    /** Whether a backend with these capabilities has the method. */
    public boolean applies(Set<Capability> capabilities) {
      return needs == null || capabilities.contains(needs);
    }
  }

  /** A call on given operands. */
  @FunctionalInterface
  public interface Primitive {
    /** Calls the primitive. */
    Object apply(Backend<Object> backend, Operands operands);
  }

  /**
   * What the calls work on, all of shape [3, 4].
   *
   * @param x floating, of both signs
   * @param y floating, positive
   * @param index INT64, from 0 to 2
   * @param flag BOOL
   */
  public record Operands(Object x, Object y, Object index, Object flag) {
    private static final Shape SHAPE = Shape.of(3, 4);

    /** New operands; the same on every backend. */
    public static Operands on(Backend<Object> backend) {
      return new Operands(
          backend.create(Samples.toFloats(Samples.uniform(71, 12, -2, 2)), SHAPE),
          backend.create(Samples.toFloats(Samples.uniform(72, 12, 0.5, 3)), SHAPE),
          backend.create(Samples.toLongs(Samples.integers(73, 12, 0, 3)), SHAPE),
          backend.create(Samples.toBooleans(Samples.integers(74, 12, 0, 2)), SHAPE));
    }

    /** All of them. */
    public List<Object> all() {
      return List.of(x, y, index, flag);
    }
  }
}
