/** A distribution that is not of this library; docs/distributions.md shows these sources. */
@org.jspecify.annotations.NullMarked
package org.gumbel4j.conformance.stranger;
