/** The commands, their options, and how they speak: results on stdout, all else on stderr. */
@NullMarked
package org.gumbel4j.examples.cli;

import org.jspecify.annotations.NullMarked;
