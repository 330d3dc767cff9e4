/** What takes how long, measured by JMH. */
@NullMarked
package org.gumbel4j.benchmarks;

import org.jspecify.annotations.NullMarked;
