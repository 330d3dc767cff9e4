package org.gumbel4j.estimators;

/**
 * What one surrogate costs for each member of the batch, besides arithmetic on the logits.
 *
 * @param evaluations rows at which f is evaluated; fewer where z has fewer values than that, and an
 *     estimator asks for none twice
 * @param gradients how many of them are differentiated with respect to z
 * @param noises random numbers drawn for each logit
 * @since 0.1
 */
public record Cost(long evaluations, long gradients, long noises) {}
