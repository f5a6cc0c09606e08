package io.pantala.bench.load;

/// Bytes from the server that are no reply of the protocol: the run ends.
final class BadReply extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadReply(String problem) {
    super(problem);
  }
}
