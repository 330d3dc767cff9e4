/** The command line of Gumbel4J: one program that trains, samples, draws and checks. */
@NullMarked
package org.gumbel4j.examples;

import org.jspecify.annotations.NullMarked;
