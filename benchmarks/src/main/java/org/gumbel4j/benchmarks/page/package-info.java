/** The page of measurements: read from lines of text, judged, and written in Markdown. */
@NullMarked
package org.gumbel4j.benchmarks.page;

import org.jspecify.annotations.NullMarked;
