/** Reverse-mode differentiation over tensors. */
@NullMarked
package org.gumbel4j.autodiff;

import org.jspecify.annotations.NullMarked;
