/**
 * The loops in which all the time goes: each comes as plain Java that reads like the formula, and
 * where it gains, as a SIMD version of the same. They work on ranges of Java arrays and know
 * nothing of tensors, so that callers can split work over threads at fixed boundaries.
 *
 * <p>No kernel uses a floating-point {@code reduceLanes} or a transcendental {@code lanewise}:
 * neither promises the same bits twice. Lanes are folded in a fixed order, and functions are
 * explicit polynomials.
 */
@NullMarked
package org.gumbel4j.cpu.kernels;

import org.jspecify.annotations.NullMarked;
