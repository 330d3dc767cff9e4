/** The backend that {@code docs/writing-a-backend.md} builds. */
package org.gumbel4j.conformance.tiny;
