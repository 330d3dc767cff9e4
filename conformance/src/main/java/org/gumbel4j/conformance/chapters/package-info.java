/** The rules, a chapter each: what every backend must do, said as tests. */
@NullMarked
package org.gumbel4j.conformance.chapters;

import org.jspecify.annotations.NullMarked;
