package org.gumbel4j.conformance.chapters;

import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Estimate;
import org.gumbel4j.distributions.HardConcrete;
import org.gumbel4j.distributions.MonteCarlo;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: gates that can be closed or open exactly. */
abstract class GateRules extends DistributionSection {
  private HardConcrete of(Golden golden) {
    return HardConcrete.of(
            golden.number("tau"), device().scalar(golden.number("logit"), finestType()))
        .stretch(golden.number("low"), golden.number("high"));
  }

  @Rule(value = "S141", needs = Capability.FLOAT64)
  void gatesAreThoseOfTheGoldenValues() {
    for (Golden golden : Golden.cases("hard_concrete")) {
      HardConcrete gate = of(golden);
      Tolerance tolerance = new Tolerance(1e-12, 1e-13);
      Tensor value = wide(golden.array("value"));
      check(() -> "log p", golden.best("log_prob"), gate.logProb(value), tolerance);
      check(() -> "P(z ≠ 0)", golden.best("prob_nonzero"), gate.probNonZero(), tolerance);
      check(() -> "median", golden.best("median"), gate.median(), tolerance);
      check(() -> "test-time gate", golden.best("test_gate"), gate.testTimeGate(), tolerance);
      double[] ends = {golden.best("log_prob")[0], golden.best("log_prob")[5]};
      check(() -> "log P(z = 0)", new double[] {ends[0]}, gate.logProbZero(), tolerance);
      check(() -> "log P(z = 1)", new double[] {ends[1]}, gate.logProbOne(), tolerance);
    }
  }

  @Rule(value = "S142", falseAlarm = 9e-4)
  void gatesAreClosedAndOpenAsOftenAsTheyShouldBe() {
    int n = 40_000;
    for (Golden golden : Golden.cases("hard_concrete")) {
      HardConcrete gate = of(golden);
      double[] samples = read(gate.sample(Key.of(5801), Shape.of(n)));
      double[] counts = new double[3];
      for (double z : samples) {
        counts[z == 0 ? 0 : z == 1 ? 2 : 1]++;
      }
      double closed = Math.exp(golden.best("log_prob")[0]);
      double open = Math.exp(golden.best("log_prob")[5]);
      double[] expected = {closed, 1 - closed - open, open};
      checkBelow("χ² of ends, 2 degrees", 18.421, chiSquare(counts, expected, n));
      Estimate mean = MonteCarlo.mean(gate, Key.of(5802), n);
      checkBelow(
          "standard errors between the means",
          NORMAL_1E4,
          Math.abs(mean.value().item() - golden.best("mean")[0]) / mean.standardError().item());
      Estimate kl = MonteCarlo.kl(gate, gate, Key.of(5803), 10);
      check(() -> "KL to itself", new double[] {0}, kl.value(), Tolerance.EXACT);
    }
  }

  @Rule(value = "S143", needs = Capability.FLOAT64)
  void gatesHaveTheGradientsOfFiniteDifferences() {
    Tensor logits = wide(0.3, -1, 2);
    Tensor tau = wide(0.6).squeeze(0);
    Tensor value = wide(0, 0.4, 1);
    checkDifferentiable(
        "log p", p -> HardConcrete.of(p.get(1), p.get(0)).logProb(value).sum(), logits, tau);
    checkDifferentiable(
        "log p of the value",
        p -> HardConcrete.of(tau, logits).logProb(p.get(0)).sum(),
        wide(0.2, 0.4, 0.9));
    checkDifferentiable(
        "expected L0", p -> HardConcrete.of(p.get(1), p.get(0)).expectedL0(), logits, tau);
    checkDifferentiable(
        "samples",
        p -> HardConcrete.of(p.get(1), p.get(0)).rsample(Key.of(5804), Shape.of(9)).square().sum(),
        logits,
        tau);
  }

  @Rule("S144")
  void gatesStayFiniteWhereTheyAreNearlySure() {
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(new double[] {-1e4, -80, 80, 1e4}, dtype, 4);
      Tensor ends = tensor(new double[] {0, 1, 0.5}, dtype, 3, 1);
      HardConcrete gate = HardConcrete.of(0.1, logits);
      Close.checkTrue(() -> "log p", gate.logProb(ends).isFinite().all());
      for (double g :
          gradients(p -> HardConcrete.of(0.1, p.get(0)).logProb(ends).sum(), logits).get(0)) {
        Close.checkTrue(() -> "gradient " + g, Double.isFinite(g));
      }
      double[] sure = read(gate.sample(Key.of(5805)));
      Close.check(() -> "gates", new double[] {0, 0, 1, 1}, sure, Tolerance.EXACT);
    }
  }

  @Rule("S145")
  void gatesNameWhatIsWrong() {
    Tensor logits = tensor(new double[] {0, 1}, DType.FLOAT32, 2);
    HardConcrete gate = HardConcrete.of(0.5, logits);
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(wrong, () -> gate.stretch(0, 1.1), "low = 0", "below 0");
    checkThrows(wrong, () -> gate.stretch(-0.1, 1), "high = 1", "above 1");
    checkThrows(wrong, () -> HardConcrete.of(0, logits), "temperature");
    checkThrows(wrong, () -> gate.logProb(logits.add(0.5)), "HardConcrete.logProb", "1.5");
    checkThrows(UnsupportedOperationException.class, gate::mode, "median()");
    checkThrows(UnsupportedOperationException.class, gate::mean, "MonteCarlo.mean");
  }
}
