/** The kit that tells the author of a backend what is wrong with it. */
@NullMarked
package org.gumbel4j.conformance;

import org.jspecify.annotations.NullMarked;
