package org.gumbel4j.conformance.chapters;

/** Operands of different shapes. */
public abstract class BroadcastingChapter extends Chapter {}
