/**
 * The kit that tells the author of a backend what is wrong with it: extend {@link
 * org.gumbel4j.conformance.BackendConformance}, override one method.
 */
@NullMarked
package org.gumbel4j.conformance;

import org.jspecify.annotations.NullMarked;
