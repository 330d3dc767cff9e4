package org.gumbel4j.distributions;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The Kullback-Leibler divergence, the nats that are lost by taking q for p:
 *
 * <pre>KL(p‖q) = E[log p(X) − log q(X)], X from p</pre>
 *
 * <p>In closed form for two {@link Gumbel}, {@link Categorical}, {@link OneHotCategorical}, {@link
 * Bernoulli} or {@link Multinomial} distributions, for the choices of two {@link
 * GumbelSoftmaxCategorical}, and for what extends them; by a quadrature that is exact to rounding
 * for two {@link Logistic} distributions, and so for two {@link RelaxedBernoulli} or {@link
 * LogitRelaxedBernoulli}, of any temperatures. Outcomes of probability 0 under p contribute 0, and
 * gradient 0; one that is possible under p and impossible under q makes it ∞. Other relaxed
 * distributions have no closed form: see {@link MonteCarlo#kl}.
 *
 * <p>{@link #register} adds a pair of your own. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class KullbackLeibler {
  private record Pair(Class<?> p, Class<?> q) {}

  private static final Map<Pair, BiFunction<Distribution, Distribution, Tensor>> FORMULAS =
      new ConcurrentHashMap<>();

  static {
    register(Gumbel.class, Gumbel.class, Divergences::gumbel);
    register(Categorical.class, Categorical.class, Divergences::categorical);
    register(
        OneHotCategorical.class,
        OneHotCategorical.class,
        (p, q) -> Divergences.categorical(p.categorical(), q.categorical()));
    register(Bernoulli.class, Bernoulli.class, Divergences::bernoulli);
    register(Logistic.class, Logistic.class, Divergences::logistic);
    register(
        LogitRelaxedBernoulli.class, LogitRelaxedBernoulli.class, Divergences::relaxedBernoulli);
    register(
        RelaxedBernoulli.class,
        RelaxedBernoulli.class,
        (p, q) -> Divergences.relaxedBernoulli(p.base(), q.base()));
    register(Multinomial.class, Multinomial.class, Divergences::multinomial);
    register(
        GumbelSoftmaxCategorical.class,
        GumbelSoftmaxCategorical.class,
        (p, q) -> Divergences.categorical(p.categorical(), q.categorical()));
  }

  private KullbackLeibler() {}

  /**
   * KL(p‖q), of the broadcast of both batches; differentiable with respect to the parameters of
   * both.
   *
   * @throws IllegalArgumentException if the shapes do not fit
   * @throws UnsupportedOperationException if there is no closed form for the pair; it names both
   *     classes and the alternative
   */
  public static Tensor of(Distribution p, Distribution q) {
    var formula = find(p.getClass(), q.getClass());
    if (formula == null) {
      throw new UnsupportedOperationException(
          "KullbackLeibler: no closed form is known for "
              + p.name()
              + " and "
              + q.name()
              + "; estimate it with MonteCarlo.kl(p, q, key, n), or register one");
    }
    requireAlike("KullbackLeibler", p, q);
    return formula.apply(p, q);
  }

  /**
   * Adds a formula for a pair of classes and what extends them, or replaces it. Where several fit,
   * the nearest class of p decides, then that of q.
   *
   * @param formula from p and q, of equal event shapes, to the divergence of each member of their
   *     broadcast batch
   */
  public static <P extends Distribution, Q extends Distribution> void register(
      Class<P> p, Class<Q> q, BiFunction<? super P, ? super Q, Tensor> formula) {
    FORMULAS.put(new Pair(p, q), (a, b) -> formula.apply(p.cast(a), q.cast(b)));
  }

  static void requireAlike(String operation, Distribution p, Distribution q) {
    if (!p.eventShape().equals(q.eventShape())) {
      throw new IllegalArgumentException(
          operation
              + ": events of p have shape "
              + p.eventShape()
              + ", those of q "
              + q.eventShape()
              + "; they must be equal");
    }
    p.batchShape().broadcast(q.batchShape(), operation);
  }

  private static @Nullable BiFunction<Distribution, Distribution, Tensor> find(
      Class<?> p, Class<?> q) {
    for (Class<?> a = p; a != null; a = a.getSuperclass()) {
      for (Class<?> b = q; b != null; b = b.getSuperclass()) {
        var formula = FORMULAS.get(new Pair(a, b));
        if (formula != null) {
          return formula;
        }
      }
    }
    return null;
  }
}
