package org.gumbel4j.conformance.chapters;

/**
 * Densities, entropies, divergences and samples: against golden values in double, against
 * quadrature and finite differences, and by frequencies from fixed keys.
 */
public abstract class DistributionsChapter extends DistributionShapeRules {}
