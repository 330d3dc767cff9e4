/** Writing files so that a reader finds the old one or the new one, never half of either. */
@NullMarked
package org.gumbel4j.examples.files;

import org.jspecify.annotations.NullMarked;
