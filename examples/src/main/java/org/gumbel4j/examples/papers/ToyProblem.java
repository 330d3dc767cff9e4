package org.gumbel4j.examples.papers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.gumbel4j.tensor.Tensor;

/**
 * min E[1/N Σₙ |bₙ − c|ᵖ] over the logits of N independent bits: with c &lt; ½ the minimum is cᵖ,
 * at bits that are surely 0. One bit and p = 2 is the toy of REBAR (c = 0.45; Tucker et al., arXiv
 * 1703.07370) and of RELAX (c = 0.499; Grathwohl et al., arXiv 1711.00123); 128 bits and c = 0.45
 * is the polynomial of ReinMax (Liu et al., arXiv 2304.08612). The closer c is to ½, the smaller is
 * the slope beside the noise.
 *
 * @param label its name on the command line
 * @param variables N
 * @param target c
 * @param power p
 */
public record ToyProblem(String label, int variables, double target, double power) {
  private static final int BITS = 128;

  /** All of them. */
  public static List<ToyProblem> all() {
    return List.of(
        toy(0.45), toy(0.499), polynomial("1.5", 1.5), polynomial("2", 2), polynomial("3", 3));
  }

  private static ToyProblem toy(double target) {
    return new ToyProblem("toy-" + target, 1, target, 2);
  }

  private static ToyProblem polynomial(String p, double power) {
    return new ToyProblem("polynomial-" + p, BITS, 0.45, power);
  }

  /**
   * Returns the one with a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static ToyProblem of(String label) {
    return all().stream()
        .filter(problem -> problem.label.equals(label))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + label
                        + "' is no problem; expected one of "
                        + Arrays.toString(all().stream().map(ToyProblem::label).toArray())));
  }

  /** The formula, for a heading. */
  public String title() {
    return variables == 1
        ? String.format(Locale.ROOT, "E (b − %s)²", target)
        : String.format(Locale.ROOT, "1/%d E ‖b − %s‖, power %s", variables, target, power);
  }

  /** The smallest expectation there is. */
  public double floor() {
    return Math.min(Math.pow(target, power), Math.pow(1 - target, power));
  }

  /**
   * The objective at bits, or between them.
   *
   * @param z [… N, 1]
   * @return […]
   */
  Tensor at(Tensor z) {
    return z.squeeze(-1).sub(target).abs().pow(power).mean(-1);
  }

  /**
   * Its expectation.
   *
   * @param logits [… N, 1]
   * @return […]
   */
  Tensor expectation(Tensor logits) {
    Tensor p = logits.squeeze(-1).sigmoid();
    double one = Math.pow(1 - target, power);
    double zero = Math.pow(target, power);
    return p.mul(one - zero).add(zero).mean(-1);
  }
}
