/**
 * Estimators of the gradient of E[f(z)] with respect to the logits of discrete variables z, and the
 * means to compare them. {@link org.gumbel4j.estimators.Estimators} finds them by name.
 */
@NullMarked
package org.gumbel4j.estimators;

import org.jspecify.annotations.NullMarked;
