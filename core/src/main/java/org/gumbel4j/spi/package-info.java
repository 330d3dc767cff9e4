/** What the author of a backend implements. */
@NullMarked
package org.gumbel4j.spi;

import org.jspecify.annotations.NullMarked;
