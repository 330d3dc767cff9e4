/** What a person looks at afterwards: picture grids, curves, and one page that holds them all. */
@NullMarked
package org.gumbel4j.examples.report;

import org.jspecify.annotations.NullMarked;
