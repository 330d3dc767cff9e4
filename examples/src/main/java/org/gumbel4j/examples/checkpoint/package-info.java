/**
 * A run on paper: all that is needed to go on from where it stopped, and to notice when that is not
 * possible.
 */
@NullMarked
package org.gumbel4j.examples.checkpoint;

import org.jspecify.annotations.NullMarked;
