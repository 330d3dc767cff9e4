/** The operations of tensors: checks, forward call, pullback. Not exported. */
@NullMarked
package org.gumbel4j.internal.ops;

import org.jspecify.annotations.NullMarked;
