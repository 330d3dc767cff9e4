/** The library's own estimators, by name. Not exported. */
@NullMarked
package org.gumbel4j.internal.catalogue;

import org.jspecify.annotations.NullMarked;
