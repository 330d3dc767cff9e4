package org.gumbel4j.conformance.chapters;

/** The primitives against plain Java. */
public abstract class PrimitivesChapter extends Chapter {}
