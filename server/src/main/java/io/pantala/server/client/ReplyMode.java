package io.pantala.server.client;

/// Which of a client's requests are answered, as CLIENT REPLY has it.
public enum ReplyMode {
  ON,
  OFF,

  /// The next request is not answered.
  SKIP_NEXT,

  /// The request in hand is not answered, those after it are.
  SKIP;

  boolean isSilent() {
    return this == OFF || this == SKIP;
  }

  /// The mode for a request that begins.
  ReplyMode onRequest() {
    return this == SKIP_NEXT ? SKIP : this;
  }

  /// The mode after that request.
  ReplyMode afterRequest() {
    return this == SKIP ? ON : this;
  }

  /// The mode after RESET, whose own reply still follows the mode of its request.
  ReplyMode onReset() {
    return this == SKIP ? SKIP : ON;
  }
}
