/** Discrete distributions, their continuous relaxations, and the divergences between them. */
@NullMarked
package org.gumbel4j.distributions;

import org.jspecify.annotations.NullMarked;
