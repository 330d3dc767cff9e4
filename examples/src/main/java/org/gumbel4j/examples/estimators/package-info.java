/** Estimators compared with each other and with the exact gradient, on problems that allow it. */
@NullMarked
package org.gumbel4j.examples.estimators;

import org.jspecify.annotations.NullMarked;
