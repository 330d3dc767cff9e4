package org.gumbel4j.conformance.chapters;

/** Noise, the same to the bit. */
public abstract class RandomnessChapter extends Chapter {}
