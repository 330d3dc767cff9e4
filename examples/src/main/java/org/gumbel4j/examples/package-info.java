/** The command line, and the models it trains. */
@NullMarked
package org.gumbel4j.examples;

import org.jspecify.annotations.NullMarked;
