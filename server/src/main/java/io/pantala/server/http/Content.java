package io.pantala.server.http;

/// The body of a response and the type that it is declared as; it is sent in UTF-8.
record Content(String type, String body) {
  private static final String TEXT = "text/plain; charset=utf-8";

  static Content text(String text) {
    return new Content(TEXT, text);
  }
}
