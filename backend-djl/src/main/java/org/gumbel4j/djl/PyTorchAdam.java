package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** Steps of Adam in TorchScript, one call for a parameter: over copies, or in place. */
final class PyTorchAdam {
  /** Where the step may not write over its operands. */
  private static final String COPIES =
      """
      p = torch.clone(p, memory_format=0)
      m = torch.clone(m, memory_format=0)
      v = torch.clone(v, memory_format=0)
      """;

  /**
   * One pass, where PyTorch has it; on a GPU it wants the count of steps there, and the numbers are
   * on the host. (TorchScript would take the call for dead code, were not the lists looked at that
   * it writes to.)
   */
  private static final String FUSED =
      """
      t = torch.to(a[7], 6, False, False, None)
      q = [p]
      c = [m]
      d = [v]
      torch._fused_adam_(q, [torch.contiguous(g)], c, d, [], [t], lr=float(a[8]), \
      beta1=float(a[0]), beta2=float(a[2]), weight_decay=0., eps=float(a[5]), amsgrad=False, \
      maximize=False)
      return [q[0], c[0], d[0]]""";

  private static final String COMPOSED =
      """
      c = torch.add_(torch.mul_(m, float(a[0])), g, alpha=float(a[1]))
      d = torch.addcmul_(torch.mul_(v, float(a[2])), g, g, value=float(a[3]))
      s = torch.add_(torch.sqrt_(torch.div(d, float(a[4]))), float(a[5]))
      q = torch.addcdiv_(p, c, s, value=float(a[6]))
      return [q, c, d]""";

  private final EngineBackend engine;
  private final TorchScripts scripts;

  /** The numbers of the last step, while no thread works with them. */
  private final AtomicReference<@Nullable Numbers> last = new AtomicReference<>();

  /** The numbers of a step on the host; one step asks for the same ones for each parameter. */
  private record Numbers(AdamCoefficients coefficients, NDArray array) {}

  PyTorchAdam(EngineBackend engine, TorchScripts scripts) {
    this.engine = engine;
    this.scripts = scripts;
  }

  /**
   * A step.
   *
   * @param inPlace whether parameter, m and v are written over; the results are arrays of their own
   *     over that memory, and the operands' may be closed
   */
  AdamStep<DjlArray> step(
      DjlArray parameter,
      DjlArray gradient,
      DjlArray m,
      DjlArray v,
      AdamCoefficients a,
      boolean inPlace) {
    Numbers numbers = numbers(a, last.getAndSet(null));
    try {
      String formula = engine.manager().getDevice().isGpu() ? COMPOSED : FUSED;
      NDList next =
          scripts.runAll(
              "p,g,m,v,a",
              inPlace ? formula : COPIES + formula,
              parameter.array(),
              gradient.array(),
              m.array(),
              v.array(),
              numbers.array());
      List<DjlArray> owned = engine.ownAll(next, parameter.dtype());
      return new AdamStep<>(owned.get(0).alone(), owned.get(1).alone(), owned.get(2).alone());
    } finally {
      Numbers others = last.getAndSet(numbers);
      if (others != null) {
        others.array().close();
      }
    }
  }

  private Numbers numbers(AdamCoefficients a, @Nullable Numbers known) {
    if (known != null) {
      if (known.coefficients().equals(a)) {
        return known;
      }
      known.array().close();
    }
    double[] values = {
      a.beta1(),
      1 - a.beta1(),
      a.beta2(),
      1 - a.beta2(),
      a.secondCorrection(),
      a.epsilon(),
      -a.learningRate() / a.firstCorrection(),
      a.step(),
      a.learningRate()
    };
    NDArray made = engine.ops().create(scripts.manager(), values, Shape.of(values.length));
    NDScope.unregister(made); // it outlives a scope of DJL's
    return new Numbers(a, made);
  }
}
