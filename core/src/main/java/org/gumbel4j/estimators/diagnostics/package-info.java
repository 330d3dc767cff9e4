/**
 * Which estimator to trust: its bias, variance and cost, measured against the exact gradient. Begin
 * with {@link org.gumbel4j.estimators.diagnostics.EstimatorDiagnostics}.
 */
@NullMarked
package org.gumbel4j.estimators.diagnostics;

import org.jspecify.annotations.NullMarked;
