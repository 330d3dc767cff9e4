package org.gumbel4j.conformance.chapters;

/** Relaxed and discrete samples of a categorical distribution. */
public abstract class GumbelSoftmaxChapter extends Chapter {}
