package io.pantala.server.config;

/// A text that is no value of a setting; the message is the one that redis-server gives to CONFIG
/// SET, without the setting's name.
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1;

  public BadValueException(String message) {
    super(message);
  }
}
