package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** Gumbel-Softmax: values and gradients as PyTorch has them, with the same noise. */
abstract class GumbelSoftmaxGoldenRules extends Chapter {
  private static final String FULLY_MASKED = "all_masked_row_torch_gives_nan";

  private static List<Golden> cases() {
    return Golden.cases("gumbel_softmax").stream()
        .filter(c -> !c.name().equals(FULLY_MASKED))
        .toList();
  }

  /**
   * In single precision a noisy logit of size s is off by s·2⁻²⁴, and dividing by τ makes more of
   * it.
   */
  private static Tolerance tolerance(Golden c, DType dtype, boolean gradient) {
    if (dtype == DType.FLOAT64) {
      return gradient ? new Tolerance(1e-10, 1e-11) : new Tolerance(1e-12, 1e-13);
    }
    double size = 0;
    double[] logits = c.array("logits");
    double[] noise = c.array("noise");
    for (int i = 0; i < logits.length; i++) {
      if (Double.isFinite(logits[i])) {
        size = Math.max(size, Math.abs(logits[i]) + Math.abs(noise[i]));
      }
    }
    double tau = c.number("tau");
    double error = 0x1p-22 * (8 + 4 * size / tau);
    return new Tolerance(error, gradient ? error * 4 * (1 + size / tau) / Math.min(1, tau) : 1e-37);
  }

  private Tensor tensor(Golden c, String field, DType dtype) {
    return device().tensor(c.array(field), dtype, c.shape().toArray());
  }

  private GumbelSoftmax relaxed(Golden c) {
    return GumbelSoftmax.of(c.number("tau")).axis((int) c.number("dim"));
  }

  @Rule("G01")
  void softSamplesEqualTheGoldenOnes() {
    for (DType dtype : floatingTypes()) {
      for (Golden c : cases()) {
        Tensor soft = relaxed(c).sample(tensor(c, "logits", dtype), tensor(c, "noise", dtype));
        Close.checkEqual(() -> c + ", shape", c.shape(), soft.shape());
        Close.check(
            () -> "soft sample, " + dtype + ", " + c,
            c.best("soft"),
            read(soft),
            tolerance(c, dtype, false));
      }
    }
  }

  @Rule("G02")
  void hardSamplesAreTheGoldenOneHotVectorsExactly() {
    for (DType dtype : floatingTypes()) {
      for (Golden c : cases()) {
        Tensor hard =
            relaxed(c).hard().sample(tensor(c, "logits", dtype), tensor(c, "noise", dtype));
        Close.check(
            () -> "hard sample, " + dtype + ", " + c, c.array("hard"), read(hard), Tolerance.EXACT);
      }
    }
  }

  @Rule("G03")
  void gradientsByTheLogitsEqualTheGoldenOnes() {
    for (DType dtype : floatingTypes()) {
      for (Golden c : cases()) {
        checkGradient(c, dtype, false, "soft_grad_logits");
        checkGradient(c, dtype, true, "hard_grad_logits");
      }
    }
  }

  private void checkGradient(Golden c, DType dtype, boolean hard, String field) {
    Tensor noise = tensor(c, "noise", dtype);
    Tensor upstream = tensor(c, "upstream", dtype);
    ValueAndGradient result =
        Autodiff.differentiate(
            p -> {
              Tensor y = relaxed(c).hard(hard).sample(p.get(0), noise);
              return Objective.of(y.mul(upstream).sum(), y);
            },
            List.of(tensor(c, "logits", dtype)));
    Close.check(
        () -> field + ", " + dtype + ", " + c,
        c.best(field),
        read(result.gradient()),
        tolerance(c, dtype, true));
    if (hard) {
      Close.check(
          () -> "straight-through forward value under Autodiff, " + c,
          c.array("hard"),
          read(result.auxiliary().get(0)),
          Tolerance.EXACT);
    }
  }

  @Rule("G04")
  void gradientByTheTemperatureEqualsTheGoldenOne() {
    for (DType dtype : floatingTypes()) {
      for (Golden c : cases()) {
        Tensor logits = tensor(c, "logits", dtype);
        Tensor noise = tensor(c, "noise", dtype);
        Tensor upstream = tensor(c, "upstream", dtype);
        Tensor gradient =
            Autodiff.gradient(
                tau ->
                    GumbelSoftmax.of(tau)
                        .axis((int) c.number("dim"))
                        .sample(logits, noise)
                        .mul(upstream)
                        .sum(),
                device().tensor(new double[] {c.number("tau")}, dtype));
        if (Double.isNaN(c.number("soft_grad_tau"))) { // PyTorch's, where a class is masked
          Close.checkTrue(() -> "gradient by τ is finite, " + c, gradient.isFinite().all());
          continue;
        }
        Tolerance tolerance = tolerance(c, dtype, true);
        double scale = Arrays.stream(c.array("upstream")).map(Math::abs).sum();
        Close.check(
            () -> "gradient by τ, " + dtype + ", " + c,
            gradientByTemperature(c),
            read(gradient),
            dtype == DType.FLOAT64
                ? tolerance
                : tolerance.orAbsolute(tolerance.absolute() * scale / c.number("tau")));
      }
    }
  }

  /**
   * −Σ upstream · y · (z − ⟨y, z⟩)/τ² with z = logits + noise, of classes that are not masked.
   * PyTorch has NaN where there are masks, by way of 0 · ∞; elsewhere this is what it has.
   */
  private static double[] gradientByTemperature(Golden c) {
    double[] golden = c.best("soft_grad_tau");
    double[] y = c.best("soft");
    double[] z = c.array("logits");
    double[] noise = c.array("noise");
    double[] product = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = z[i] == Double.NEGATIVE_INFINITY ? 0 : z[i] + noise[i];
      product[i] = y[i] * z[i];
    }
    int axis = c.shape().axis((int) c.number("dim"), "golden");
    double[] mean =
        Reference.alongAxis(
            c.shape(),
            product,
            axis,
            line -> {
              double[] sums = new double[line.length];
              Arrays.fill(sums, Arrays.stream(line).sum());
              return sums;
            });
    double[] upstream = c.array("upstream");
    double total = 0;
    for (int i = 0; i < z.length; i++) {
      total -= upstream[i] * y[i] * (z[i] - mean[i]) / Math.pow(c.number("tau"), 2);
    }
    return Double.isNaN(golden[0]) ? new double[] {total} : golden;
  }
}
