/**
 * Layers for DJL models: relaxed and discrete samples, gates and codebooks that drop into a {@code
 * SequentialBlock}, with the gradients of Gumbel4J's algorithms on the engine's own tape.
 */
@NullMarked
package org.gumbel4j.djl.nn;

import org.jspecify.annotations.NullMarked;
