package org.gumbel4j.conformance.chapters;

/** Gradients against finite differences. */
public abstract class AutodiffChapter extends Chapter {}
