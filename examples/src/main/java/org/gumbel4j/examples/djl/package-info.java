/**
 * Models built from DJL's blocks and trained by DJL's {@code Trainer}. The one package of the
 * examples that knows DJL, and the DJL parts of {@code backend-djl}, when it is compiled.
 */
@NullMarked
package org.gumbel4j.examples.djl;

import org.jspecify.annotations.NullMarked;
