package org.gumbel4j.conformance.chapters;

/** Several threads at once. */
public abstract class ConcurrencyChapter extends Chapter {}
