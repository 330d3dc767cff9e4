package org.gumbel4j.spi;

import org.jspecify.annotations.Nullable;

/**
 * What {@link FusedOps#hardGumbelSoftmax} returns.
 *
 * @param hard one-hot vectors, exactly
 * @param soft the relaxed sample of the same noise, whose gradient goes for theirs; null if it was
 *     not asked for
 * @param <H> the backend's array
 * @since 0.1
 */
public record HardSample<H>(H hard, @Nullable H soft) {}
