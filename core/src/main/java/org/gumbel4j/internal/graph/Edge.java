package org.gumbel4j.internal.graph;

/**
 * A way back from an operation's result to one operand.
 *
 * @param operand where the gradient goes
 * @param pullback how it gets there
 */
public record Edge(Node operand, Pullback pullback) {}
