/** Models written once over tensors; any backend trains them. */
@NullMarked
package org.gumbel4j.examples.model;

import org.jspecify.annotations.NullMarked;
