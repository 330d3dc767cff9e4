/** The library's own distributions and estimators, by name. Not exported. */
@NullMarked
package org.gumbel4j.internal.catalogue;

import org.jspecify.annotations.NullMarked;
