/** Experiments of papers, run again: what was published beside what comes out here. */
@NullMarked
package org.gumbel4j.examples.papers;

import org.jspecify.annotations.NullMarked;
