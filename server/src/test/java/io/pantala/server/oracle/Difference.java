package io.pantala.server.oracle;

/// Where the two servers did not agree.
///
/// @param place the number of the request in its history; its length when only the data differed
/// @param request what was asked
/// @param ours this server's reply as it came
/// @param theirs redis-server's
record Difference(int place, Request request, String ours, String theirs) {
  private static final int SHOWN_CHARACTERS = 300;

  @Override
  public String toString() {
    return "after %d requests: %s%n  pantala: %s%n  redis:   %s"
        .formatted(place, request.cliLine(), shown(ours), shown(theirs));
  }

  private static String shown(String reply) {
    String cut = reply.substring(0, Math.min(SHOWN_CHARACTERS, reply.length()));
    return new Request(java.util.List.of(cut)).cliLine() + " (" + reply.length() + " bytes)";
  }
}
