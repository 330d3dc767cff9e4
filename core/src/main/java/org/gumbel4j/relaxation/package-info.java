/** Gumbel-Softmax, Gumbel-max, and the schedules of their temperature. */
@NullMarked
package org.gumbel4j.relaxation;

import org.jspecify.annotations.NullMarked;
