package org.gumbel4j.spi;

/**
 * What {@link FusedOps#adamStep} returns: a parameter and its two moments after one step of Adam.
 *
 * @param parameter the parameter, moved
 * @param firstMoment the running mean of gradients
 * @param secondMoment the running mean of squared gradients
 * @param <H> the backend's array
 * @since 0.1
 */
public record AdamStep<H>(H parameter, H firstMoment, H secondMoment) {}
