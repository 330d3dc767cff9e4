/** The door between core's packages. Not exported. */
@NullMarked
package org.gumbel4j.internal;

import org.jspecify.annotations.NullMarked;
