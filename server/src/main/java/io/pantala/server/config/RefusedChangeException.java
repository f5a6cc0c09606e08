package io.pantala.server.config;

/// A CONFIG SET that changes nothing; the message is what its client is told, without the code.
public final class RefusedChangeException extends Exception {
  private static final long serialVersionUID = 1;

  RefusedChangeException(String message) {
    super(message);
  }

  RefusedChangeException(String name, String reason) {
    super("CONFIG SET failed (possibly related to argument '" + name + "') - " + reason);
  }
}
