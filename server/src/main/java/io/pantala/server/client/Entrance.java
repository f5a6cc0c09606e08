package io.pantala.server.client;

/// What holds for a client because of the port that it came through.
///
/// @param isCounted whether it takes one of the places of `maxclients`
/// @param asksForPassword whether it must bring the password, if there is one
/// @param wire what it speaks at first
public record Entrance(boolean isCounted, boolean asksForPassword, Wire wire) {
  public static final Entrance MAIN = new Entrance(true, true, Wire.RESP2);
  public static final Entrance MEMCACHE = new Entrance(true, true, Wire.MEMCACHE);
}
