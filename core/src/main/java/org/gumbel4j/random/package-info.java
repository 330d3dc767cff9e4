/**
 * Random numbers that are values, not events: a {@link org.gumbel4j.random.Key} names an endless
 * sequence, and the n-th number of it is the same on every machine, with any number of threads, in
 * any order.
 *
 * <p>Everything here works on plain arrays. The mapping from (key, index) to bits is frozen; {@code
 * docs/randomness.md} states it so that another language can reproduce it, and a golden file holds
 * it there.
 */
@NullMarked
package org.gumbel4j.random;

import org.jspecify.annotations.NullMarked;
