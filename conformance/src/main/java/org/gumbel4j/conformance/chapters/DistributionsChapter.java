package org.gumbel4j.conformance.chapters;

/** Densities, entropies, divergences and samples. */
public abstract class DistributionsChapter extends Chapter {}
