/**
 * Discrete distributions, their continuous relaxations, and the divergences between them, with the
 * names and shapes of torch.distributions: samples are sampleShape + batchShape + eventShape.
 *
 * <p>The log-space variants ({@link org.gumbel4j.distributions.ExpRelaxedOneHotCategorical}, {@link
 * org.gumbel4j.distributions.LogitRelaxedBernoulli}) do the work; the variants on the simplex and
 * on the unit interval are their images, and can keep the point that they are images of, where the
 * image itself has rounded to a vertex.
 */
@NullMarked
package org.gumbel4j.distributions;

import org.jspecify.annotations.NullMarked;
