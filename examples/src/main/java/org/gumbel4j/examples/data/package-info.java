/**
 * Pictures to learn from: the idx files of MNIST and its relatives, and digits drawn in memory for
 * those who have no files at hand.
 */
@NullMarked
package org.gumbel4j.examples.data;

import org.jspecify.annotations.NullMarked;
