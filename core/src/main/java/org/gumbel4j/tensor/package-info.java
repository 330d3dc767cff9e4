/** Tensors, their shapes and types, the devices they live on and the scopes they live in. */
@NullMarked
package org.gumbel4j.tensor;

import org.jspecify.annotations.NullMarked;
