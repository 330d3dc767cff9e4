package org.gumbel4j.conformance.chapters;

import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.GumbelSoftmaxCategorical;
import org.gumbel4j.distributions.KullbackLeibler;
import org.gumbel4j.distributions.OneHotCategorical;
import org.gumbel4j.distributions.RelaxedOneHotCategorical;
import org.gumbel4j.distributions.RelaxedSample;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: choices of an agent, in their three forms. */
abstract class AgentRules extends DistributionSection {
  private Tensor logits(DType dtype) {
    double[] theta = Samples.uniform(113, 12, -2, 2);
    theta[5] = MASK;
    return tensor(theta, dtype, 3, 4);
  }

  @Rule("S161")
  void theThreeFormsOfAChoiceAreOneChoice() {
    for (DType dtype : floatingTypes()) {
      GumbelSoftmaxCategorical choice = GumbelSoftmaxCategorical.of(0.5, logits(dtype));
      Key key = Key.of(6001);
      Shape shape = Shape.of(20);
      Tensor indices = choice.sampleIndices(key, shape);
      Tensor oneHot = choice.sample(key, shape);
      Close.checkEqual(() -> "type", DType.INT64, oneHot.dtype());
      Close.checkEqual(() -> "shape", Shape.of(20, 3, 4), oneHot.shape());
      Close.checkTrue(() -> "support", choice.support().check(oneHot).all());
      check(() -> "one-hot", read(oneHot), choice.fromIndices(indices), Tolerance.EXACT);
      check(() -> "indices", read(indices), choice.toIndices(oneHot), Tolerance.EXACT);
      Tensor soft = choice.rsample(key, shape);
      check(() -> "relaxed to one-hot", read(oneHot), choice.toOneHot(soft), Tolerance.EXACT);
      check(() -> "relaxed to indices", read(indices), choice.toIndices(soft), Tolerance.EXACT);
      check(() -> "one-hot again", read(oneHot), choice.toOneHot(oneHot), Tolerance.EXACT);
      Close.checkEqual(() -> "type of indices", DType.INT64, choice.toIndices(soft).dtype());
      Close.checkEqual(() -> "type of one-hot", DType.INT64, choice.toOneHot(soft).dtype());
    }
  }

  @Rule("S162")
  void discreteChoicesHaveProbabilitiesAndRelaxedOnesDensities() {
    for (DType dtype : floatingTypes()) {
      Tensor theta = logits(dtype);
      GumbelSoftmaxCategorical choice = GumbelSoftmaxCategorical.of(0.5, theta);
      Key key = Key.of(6002);
      Tensor indices = choice.sampleIndices(key);
      double[] logP = read(Categorical.of(theta).logProb(indices));
      Tolerance tolerance = Tolerance.ulps(16, dtype);
      check(() -> "log P of one-hot", logP, choice.logProb(choice.sample(key)), tolerance);
      check(() -> "log P of indices", logP, choice.logProbOfIndices(indices), tolerance);
      RelaxedOneHotCategorical relaxed = RelaxedOneHotCategorical.of(0.5, theta);
      RelaxedSample soft = choice.relaxedSample(key);
      check(
          () -> "log p of a point",
          read(relaxed.logProb(soft.value())),
          choice.logProb(soft.value()),
          Tolerance.EXACT);
      check(
          () -> "log p of a sample",
          read(relaxed.logProb(soft)),
          choice.logProb(soft),
          Tolerance.EXACT);
      Tensor never = choice.fromIndices(device().tensor(new long[] {0, 1, 0}, 3));
      Close.checkTrue(() -> "what is not allowed", read(choice.logProb(never))[1] == MASK);
    }
  }

  @Rule("S163")
  void momentsModeAndDivergenceAreThoseOfTheChoice() {
    Tensor theta = logits(DType.FLOAT32);
    Tensor tau = tensor(new double[] {0.5, 2}, DType.FLOAT32, 2, 1);
    GumbelSoftmaxCategorical choice = GumbelSoftmaxCategorical.of(tau, theta);
    OneHotCategorical discrete = OneHotCategorical.of(theta).expand(Shape.of(2, 3));
    Close.checkEqual(() -> "batch", Shape.of(2, 3), choice.batchShape());
    check(() -> "mean", read(discrete.mean()), choice.mean(), Tolerance.EXACT);
    check(() -> "variance", read(discrete.variance()), choice.variance(), Tolerance.EXACT);
    check(() -> "entropy", read(discrete.entropy()), choice.entropy(), Tolerance.EXACT);
    check(() -> "mode", read(discrete.mode()), choice.mode(), Tolerance.EXACT);
    Close.checkEqual(() -> "type of the mode", DType.INT64, choice.mode().dtype());
    GumbelSoftmaxCategorical other = GumbelSoftmaxCategorical.of(1, theta.mul(0.5));
    check(
        () -> "KL",
        read(KullbackLeibler.of(discrete, OneHotCategorical.of(theta.mul(0.5)))),
        KullbackLeibler.of(choice, other),
        Tolerance.EXACT);
  }

  @Rule("S164")
  void choicesNameWhatIsWrong() {
    GumbelSoftmaxCategorical choice = GumbelSoftmaxCategorical.of(0.5, logits(DType.FLOAT32));
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    Tensor two = device().tensor(new long[] {1, 1, 0, 0}, 4);
    checkThrows(wrong, () -> choice.logProb(two), "GumbelSoftmaxCategorical", "one-hot");
    Tensor flags = two.cast(DType.BOOL);
    checkThrows(wrong, () -> choice.logProb(flags), "GumbelSoftmaxCategorical.logProb", "BOOL");
    checkThrows(wrong, () -> choice.toIndices(flags), "toIndices", "BOOL");
    Tensor three = tensor(new double[] {0, 0, 1}, DType.FLOAT32, 3);
    checkThrows(wrong, () -> choice.toOneHot(three), "toOneHot", "[3]", "4");
    checkThrows(
        IndexOutOfBoundsException.class,
        () -> choice.fromIndices(device().tensor(new long[] {4}, 1)),
        "4");
  }
}
