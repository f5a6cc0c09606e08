package io.pantala.server.config;

/// A text that is no value of a setting; the message is the one that redis-server gives to CONFIG
/// SET, without the setting's name.
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  public BadValueException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /// The message.
  public String reason() {
    return reason;
  }
}
