/** The backend that needs nothing but Java. */
@NullMarked
package org.gumbel4j.cpu;

import org.jspecify.annotations.NullMarked;
