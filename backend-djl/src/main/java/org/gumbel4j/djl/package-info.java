/** Gumbel4J on Deep Java Library: arrays of its PyTorch and MXNet engines as tensors. */
@NullMarked
package org.gumbel4j.djl;

import org.jspecify.annotations.NullMarked;
