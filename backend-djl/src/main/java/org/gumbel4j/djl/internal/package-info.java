/** What the DJL parts share; no module sees it. */
@NullMarked
package org.gumbel4j.djl.internal;

import org.jspecify.annotations.NullMarked;
