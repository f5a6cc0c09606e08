package io.pantala.server.client;

/// What holds for a client because of the port that it came through.
///
/// @param isCounted whether it takes one of the places of `maxclients`
/// @param asksForPassword whether it must bring the password, if there is one
public record Entrance(boolean isCounted, boolean asksForPassword) {
  public static final Entrance MAIN = new Entrance(true, true);
}
