package org.gumbel4j.conformance.chapters;

/** Scopes, and what outlives them. */
public abstract class LifetimesChapter extends Chapter {}
