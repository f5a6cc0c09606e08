package io.pantala.bench.load;

/// An option that can't be used as given; the message names it. Ends the program with status 2.
public final class BadOption extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadOption(String option, String problem) {
    super(option + ": " + problem);
  }
}
