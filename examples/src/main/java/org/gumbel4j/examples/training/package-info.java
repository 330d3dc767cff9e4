/** A training run from the outside: its settings, its numbers epoch by epoch. */
@NullMarked
package org.gumbel4j.examples.training;

import org.jspecify.annotations.NullMarked;
