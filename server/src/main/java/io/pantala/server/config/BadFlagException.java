package io.pantala.server.config;

/// A command line, an environment or a file that the server can't start with; the message names the
/// flag, or the file and line.
final class BadFlagException extends Exception {
  private static final long serialVersionUID = 1;

  BadFlagException(String message) {
    super(message);
  }

  BadFlagException(String where, String message) {
    super(where + ": " + message);
  }
}
