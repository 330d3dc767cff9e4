/**
 * What the chapters compare with: tolerances, plain-Java references, finite differences, golden
 * values.
 */
@NullMarked
package org.gumbel4j.conformance.check;

import org.jspecify.annotations.NullMarked;
