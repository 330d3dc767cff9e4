/** Documents are tested like code. */
@NullMarked
package org.gumbel4j.docs;

import org.jspecify.annotations.NullMarked;
