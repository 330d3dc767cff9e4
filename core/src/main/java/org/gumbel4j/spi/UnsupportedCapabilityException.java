package org.gumbel4j.spi;

/**
 * An operation needs an ability that its backend has declared absent. The message names the
 * operation, the backend and the capability.
 *
 * @since 0.1
 */
public final class UnsupportedCapabilityException extends UnsupportedOperationException {
  private static final long serialVersionUID = 1L;

  private final Capability capability;

  /** An exception for the named operation of the named backend. */
  public UnsupportedCapabilityException(String operation, String backend, Capability capability) {
    super(
        operation
            + ": backend '"
            + backend
            + "' has no capability "
            + capability
            + "; choose a backend that declares it (Backends.found() lists those installed)");
    this.capability = capability;
  }

  /** What is missing. */
  public Capability capability() {
    return capability;
  }
}
