package org.gumbel4j.conformance.chapters;

/** Mistakes of users, and the sentences they are told. */
public abstract class ErrorsChapter extends Chapter {}
