package org.gumbel4j.conformance.chapters;

/** Overrides of fused operations against their defaults, and both against double arithmetic. */
public abstract class FusedOpsChapter extends Chapter {}
