/** The graph of a gradient. Not exported. */
@NullMarked
package org.gumbel4j.internal.graph;

import org.jspecify.annotations.NullMarked;
