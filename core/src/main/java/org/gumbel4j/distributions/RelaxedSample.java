package org.gumbel4j.distributions;

import org.gumbel4j.tensor.Tensor;

/**
 * A sample together with the point of the line, or of log space, that it is the image of. At low
 * temperature the value rounds to a vertex, and its density is lost with the digits; the preimage
 * keeps both.
 *
 * @param value on the simplex or the unit interval
 * @param preimage what the value was computed from: its logarithm for the simplex, its logit for
 *     the unit interval; finite but for masked classes, which are −∞
 * @since 0.1
 */
public record RelaxedSample(Tensor value, Tensor preimage) {}
