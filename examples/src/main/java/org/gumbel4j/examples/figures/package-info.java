/** Pictures that explain the method, drawn from samples and densities of the library itself. */
@NullMarked
package org.gumbel4j.examples.figures;

import org.jspecify.annotations.NullMarked;
