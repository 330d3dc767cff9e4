package org.gumbel4j.internal.catalogue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.gumbel4j.distributions.Bernoulli;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.distributions.ExpRelaxedOneHotCategorical;
import org.gumbel4j.distributions.Gumbel;
import org.gumbel4j.distributions.GumbelMatching;
import org.gumbel4j.distributions.GumbelSinkhorn;
import org.gumbel4j.distributions.GumbelSoftmaxCategorical;
import org.gumbel4j.distributions.GumbelTopK;
import org.gumbel4j.distributions.HardConcrete;
import org.gumbel4j.distributions.Logistic;
import org.gumbel4j.distributions.LogitRelaxedBernoulli;
import org.gumbel4j.distributions.Multinomial;
import org.gumbel4j.distributions.OneHotCategorical;
import org.gumbel4j.distributions.OneHotCategoricalStraightThrough;
import org.gumbel4j.distributions.PlackettLuce;
import org.gumbel4j.distributions.RelaxedBernoulli;
import org.gumbel4j.distributions.RelaxedOneHotCategorical;
import org.gumbel4j.distributions.RelaxedOneHotCategoricalStraightThrough;
import org.gumbel4j.distributions.RelaxedPlackettLuce;
import org.gumbel4j.distributions.RelaxedSubset;
import org.gumbel4j.distributions.RelaxedTopK;
import org.gumbel4j.distributions.RelaxedTopKStraightThrough;
import org.gumbel4j.relaxation.NeuralSort;
import org.gumbel4j.relaxation.Sinkhorn;
import org.gumbel4j.relaxation.SoftSort;
import org.gumbel4j.spi.DistributionParameters;
import org.gumbel4j.spi.DistributionProvider;
import org.gumbel4j.tensor.Tensor;

/** The distributions of this library, by name: a table of what each takes and how it is made. */
public final class CoreDistributions implements DistributionProvider {
  private static final String LOGITS = "logits";
  private static final String TAU = "temperature";
  private static final String K = "k";

  private record Entry(
      Set<String> parameters, Function<DistributionParameters, Distribution> maker) {}

  private final Map<String, Entry> table = new TreeMap<>();

  /** For the service loader. */
  public CoreDistributions() {
    numbers();
    categoricals();
    relaxed();
    subsetsAndOrders();
    permutations();
  }

  private void numbers() {
    put(
        "gumbel",
        p -> Gumbel.of(p.tensor("loc"), p.tensor("scale"), p.validation()),
        "loc",
        "scale");
    put(
        "logistic",
        p -> Logistic.of(p.tensor("loc"), p.tensor("scale"), p.validation()),
        "loc",
        "scale");
  }

  private void categoricals() {
    put(
        "bernoulli",
        p ->
            p.has("probs")
                ? Bernoulli.ofProbs(p.tensor("probs"), p.validation())
                : Bernoulli.of(logits(p), p.validation()),
        LOGITS,
        "probs");
    put(
        "categorical",
        p ->
            p.has("probs")
                ? Categorical.ofProbs(p.tensor("probs"), p.validation())
                : Categorical.of(logits(p), p.validation()),
        LOGITS,
        "probs");
    put(
        "one-hot-categorical",
        p ->
            p.has("probs")
                ? OneHotCategorical.ofProbs(p.tensor("probs"), p.validation())
                : OneHotCategorical.of(logits(p), p.validation()),
        LOGITS,
        "probs");
    put(
        "one-hot-categorical-straight-through",
        p ->
            p.has("probs")
                ? OneHotCategoricalStraightThrough.ofProbs(p.tensor("probs"), p.validation())
                : OneHotCategoricalStraightThrough.of(logits(p), p.validation()),
        LOGITS,
        "probs");
    put(
        "multinomial",
        p ->
            p.has("probs")
                ? Multinomial.ofProbs(p.count("trials"), p.tensor("probs"), p.validation())
                : Multinomial.of(p.count("trials"), logits(p), p.validation()),
        LOGITS,
        "probs",
        "trials");
  }

  private void relaxed() {
    put(
        "exp-relaxed-one-hot-categorical",
        p -> ExpRelaxedOneHotCategorical.of(tau(p), logits(p), p.validation()),
        LOGITS,
        TAU);
    put(
        "relaxed-one-hot-categorical",
        p -> RelaxedOneHotCategorical.of(tau(p), logits(p), p.validation()),
        LOGITS,
        TAU);
    put(
        "relaxed-one-hot-categorical-straight-through",
        p -> RelaxedOneHotCategoricalStraightThrough.of(tau(p), logits(p), p.validation()),
        LOGITS,
        TAU);
    put(
        "gumbel-softmax-categorical",
        p -> GumbelSoftmaxCategorical.of(tau(p), logits(p), p.validation()),
        LOGITS,
        TAU);
    put(
        "logit-relaxed-bernoulli",
        p -> LogitRelaxedBernoulli.of(tau(p), logits(p), p.validation()),
        LOGITS,
        TAU);
    put(
        "relaxed-bernoulli",
        p -> RelaxedBernoulli.of(tau(p), logits(p), p.validation()),
        LOGITS,
        TAU);
    put(
        "hard-concrete",
        p ->
            HardConcrete.of(tau(p), logits(p), p.validation())
                .stretch(
                    p.number("low", HardConcrete.DEFAULT_LOW),
                    p.number("high", HardConcrete.DEFAULT_HIGH)),
        LOGITS,
        TAU,
        "low",
        "high");
  }

  private void subsetsAndOrders() {
    put("gumbel-top-k", p -> GumbelTopK.of(logits(p), p.count(K), p.validation()), LOGITS, K);
    put(
        "relaxed-top-k",
        p -> RelaxedTopK.of(tau(p), logits(p), p.count(K), p.validation()),
        LOGITS,
        TAU,
        K);
    put(
        "relaxed-top-k-straight-through",
        p -> RelaxedTopKStraightThrough.of(tau(p), logits(p), p.count(K), p.validation()),
        LOGITS,
        TAU,
        K);
    put(
        "relaxed-subset",
        p -> RelaxedSubset.of(tau(p), logits(p), p.count(K), p.validation()),
        LOGITS,
        TAU,
        K);
    put("plackett-luce", p -> PlackettLuce.of(logits(p), p.validation()), LOGITS);
  }

  private void permutations() {
    put(
        "neural-sort-plackett-luce",
        p -> RelaxedPlackettLuce.of(logits(p), NeuralSort.of(tau(p)), p.validation()),
        LOGITS,
        TAU);
    put(
        "soft-sort-plackett-luce",
        p -> RelaxedPlackettLuce.of(logits(p), SoftSort.of(tau(p)), p.validation()),
        LOGITS,
        TAU);
    put("gumbel-sinkhorn", CoreDistributions::sinkhorn, "scores", TAU, "iterations");
    put("gumbel-matching", p -> GumbelMatching.of(sinkhorn(p)), "scores", TAU, "iterations");
  }

  private static GumbelSinkhorn sinkhorn(DistributionParameters p) {
    Tensor scores = p.tensor("scores");
    return GumbelSinkhorn.of(p.tensorLike(TAU, scores), scores, p.validation())
        .iterations(p.count("iterations", Sinkhorn.DEFAULT_ITERATIONS));
  }

  private static Tensor logits(DistributionParameters p) {
    return p.tensor(LOGITS);
  }

  private static Tensor tau(DistributionParameters p) {
    return p.tensorLike(TAU, logits(p));
  }

  private void put(
      String name, Function<DistributionParameters, Distribution> maker, String... parameters) {
    table.put(name, new Entry(Set.of(parameters), maker));
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(table.keySet());
  }

  @Override
  public Distribution create(String name, DistributionParameters parameters) {
    Entry entry = table.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "there is no distribution '" + name + "' here; there are " + table.keySet());
    }
    parameters.requireOnly(name, entry.parameters().toArray(String[]::new));
    return entry.maker().apply(parameters);
  }
}
