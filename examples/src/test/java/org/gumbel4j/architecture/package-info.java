/** The rules that hold between the modules, seen from the one place that has them all. */
@NullMarked
package org.gumbel4j.architecture;

import org.jspecify.annotations.NullMarked;
