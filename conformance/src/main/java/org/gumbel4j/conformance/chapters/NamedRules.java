package org.gumbel4j.conformance.chapters;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.distributions.Distributions;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.DistributionParameters;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: found by name. */
abstract class NamedRules extends DistributionSection {
  private static final List<String> WITH_PROBS =
      List.of(
          "bernoulli",
          "categorical",
          "one-hot-categorical",
          "one-hot-categorical-straight-through",
          "multinomial");

  private static final List<String> SORTING =
      List.of(
          "plackett-luce",
          "gumbel-top-k",
          "relaxed-top-k",
          "relaxed-top-k-straight-through",
          "neural-sort-plackett-luce",
          "soft-sort-plackett-luce");

  private Map<String, DistributionParameters> parameters() {
    Tensor logits = tensor(Samples.uniform(121, 12, -1, 1), DType.FLOAT32, 3, 4);
    Tensor scores = tensor(Samples.uniform(122, 27, -1, 1), DType.FLOAT32, 3, 3, 3);
    Tensor three = logits.select(1, 0);
    DistributionParameters alone = DistributionParameters.of("logits", logits);
    DistributionParameters cooled = alone.with("temperature", 0.5);
    DistributionParameters coin = DistributionParameters.of("logits", three).with("temperature", 2);
    DistributionParameters loc = DistributionParameters.of("loc", three).with("scale", three.exp());
    DistributionParameters pairs =
        DistributionParameters.of("scores", scores).with("temperature", 1);
    Map<String, DistributionParameters> all = new TreeMap<>();
    all.put("bernoulli", DistributionParameters.of("logits", three));
    all.put("categorical", alone);
    all.put("exp-relaxed-one-hot-categorical", cooled);
    all.put("gumbel", loc);
    all.put("gumbel-matching", pairs);
    all.put("gumbel-sinkhorn", pairs.with("iterations", 5));
    all.put("gumbel-softmax-categorical", cooled);
    all.put("gumbel-top-k", alone.with("k", 2));
    all.put("hard-concrete", coin.with("low", -0.2));
    all.put("logistic", loc);
    all.put("logit-relaxed-bernoulli", coin);
    all.put("multinomial", alone.with("trials", 3));
    all.put("neural-sort-plackett-luce", cooled);
    all.put("one-hot-categorical", alone);
    all.put("one-hot-categorical-straight-through", alone);
    all.put("plackett-luce", alone);
    all.put("relaxed-bernoulli", coin);
    all.put("relaxed-one-hot-categorical", cooled);
    all.put("relaxed-one-hot-categorical-straight-through", cooled);
    all.put("relaxed-subset", cooled.with("k", 2));
    all.put("relaxed-top-k", cooled.with("k", 2));
    all.put("relaxed-top-k-straight-through", cooled.with("k", 2));
    all.put("soft-sort-plackett-luce", cooled);
    return all;
  }

  @Rule("S171")
  void distributionsOfTheLibraryAreMadeByName() {
    Map<String, DistributionParameters> all = parameters();
    for (String name : all.keySet()) {
      Close.checkTrue(() -> name + " is found", Distributions.names().contains(name));
      Distribution p = Distributions.named(name, all.get(name));
      Close.checkEqual(() -> name + ", batch", Shape.of(3), p.batchShape());
      if (!SORTING.contains(name)
          || (device().can(Capability.SORTING) && device().can(Capability.GATHERING))) {
        Tensor sample = p.sample(Key.of(6101), Shape.of(2));
        Shape shape = Shape.of(2, 3).concat(p.eventShape());
        Close.checkEqual(() -> name + ", samples", shape, sample.shape());
        Close.checkTrue(() -> name + ", support", p.support().check(sample).all());
      }
    }
  }

  @Rule("S172")
  void namedDistributionsTakeProbabilitiesAndTensorsOfTemperatures() {
    Tensor probs = tensor(new double[] {0.2, 0.8, 0.5, 0.5}, DType.FLOAT32, 2, 2);
    for (String name : WITH_PROBS) {
      DistributionParameters parameters = DistributionParameters.of("probs", probs);
      Distribution p =
          Distributions.named(
              name, name.equals("multinomial") ? parameters.with("trials", 2) : parameters);
      Close.checkTrue(() -> name, p.batchShape().dim(0) == 2);
    }
    Tensor tau = tensor(new double[] {0.5, 2, 1}, DType.FLOAT32, 3, 1);
    Distribution relaxed =
        Distributions.named(
            "relaxed-one-hot-categorical",
            DistributionParameters.of("logits", probs).with("temperature", tau));
    Close.checkEqual(() -> "batch", Shape.of(3, 2), relaxed.batchShape());
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(
        wrong,
        () ->
            Distributions.named(
                "relaxed-top-k", DistributionParameters.of("logits", probs).with("k", 1)),
        "temperature",
        "missing");
    checkThrows(wrong, () -> Distributions.named("nobody", DistributionParameters.NONE), "nobody");
  }
}
