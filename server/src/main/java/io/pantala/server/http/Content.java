package io.pantala.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The body of a response and the type that it is declared as.
record Content(String type, byte[] bytes) {
  private static final String TEXT = "text/plain; charset=utf-8";

  static Content text(String text) {
    return of(TEXT, text);
  }

  static Content of(String type, String text) {
    return new Content(type, text.getBytes(UTF_8));
  }
}
