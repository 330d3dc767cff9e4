/** Optimisers over lists of tensors. */
@NullMarked
package org.gumbel4j.optim;

import org.jspecify.annotations.NullMarked;
