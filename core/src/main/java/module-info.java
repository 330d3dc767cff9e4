/** Tensors, differentiation, randomness, relaxed distributions, and the interface of a backend. */
module org.gumbel4j.core {
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports org.gumbel4j.autodiff;
  exports org.gumbel4j.distributions;
  exports org.gumbel4j.estimators;
  exports org.gumbel4j.estimators.diagnostics;
  exports org.gumbel4j.optim;
  exports org.gumbel4j.random;
  exports org.gumbel4j.relaxation;
  exports org.gumbel4j.spi;
  exports org.gumbel4j.tensor;

  uses org.gumbel4j.random.NoiseKernelProvider;
  uses org.gumbel4j.spi.BackendProvider;
  uses org.gumbel4j.spi.DistributionProvider;
  uses org.gumbel4j.spi.EstimatorProvider;

  provides org.gumbel4j.spi.DistributionProvider with
      org.gumbel4j.internal.catalogue.CoreDistributions;
  provides org.gumbel4j.spi.EstimatorProvider with
      org.gumbel4j.internal.catalogue.ControlVariateFamily,
      org.gumbel4j.internal.catalogue.Enumeration,
      org.gumbel4j.internal.catalogue.PathwiseFamily,
      org.gumbel4j.internal.catalogue.ScoreFunctionFamily;
}
