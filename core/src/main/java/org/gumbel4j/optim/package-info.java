/** Optimizers: what turns gradients into the next parameters. */
@NullMarked
package org.gumbel4j.optim;

import org.jspecify.annotations.NullMarked;
