/** The estimator that {@code docs/writing-an-estimator.md} builds. */
package org.gumbel4j.conformance.localexpectation;
