/** Gumbel-Softmax, Gumbel-Max and the temperatures they are annealed by. */
@NullMarked
package org.gumbel4j.relaxation;

import org.jspecify.annotations.NullMarked;
