package io.pantala.server.client;

/// What a client has told about itself and chosen. Owner: the thread that serves it.
public final class ClientState {
  private final long id;
  private final long connectedAtMs;
  private final String peer;
  private final String local;
  private String name = "";
  private String libraryName = "";
  private String libraryVersion = "";
  private int db;
  private Wire wire = Wire.RESP2;
  private long lastActiveMs;
  private final Entrance entrance;
  private boolean authenticated;

  /// @param trusted whether the server asks nobody for a password
  public ClientState(
      long id, long connectedAtMs, String peer, String local, Entrance entrance, boolean trusted) {
    this.id = id;
    this.connectedAtMs = connectedAtMs;
    this.peer = peer;
    this.local = local;
    this.lastActiveMs = connectedAtMs;
    this.entrance = entrance;
    this.authenticated = trusted || !entrance.asksForPassword();
  }

  /// Back to what it was at connect, as RESET asks.
  public void reset(boolean trusted) {
    name = "";
    db = 0;
    wire = Wire.RESP2;
    authenticated = trusted || !entrance.asksForPassword();
  }

  public Entrance entrance() {
    return entrance;
  }

  /// When the client was last heard of.
  public long lastActiveMs() {
    return lastActiveMs;
  }

  void lastActiveMs(long now) {
    lastActiveMs = now;
  }

  public long id() {
    return id;
  }

  public long connectedAtMs() {
    return connectedAtMs;
  }

  /// The client's end as `address:port`.
  public String peer() {
    return peer;
  }

  public String local() {
    return local;
  }

  public String name() {
    return name;
  }

  public void name(String value) {
    name = value;
  }

  public String libraryName() {
    return libraryName;
  }

  public void libraryName(String value) {
    libraryName = value;
  }

  public String libraryVersion() {
    return libraryVersion;
  }

  public void libraryVersion(String value) {
    libraryVersion = value;
  }

  /// The selected database.
  public int db() {
    return db;
  }

  public void db(int number) {
    db = number;
  }

  /// What the client speaks now.
  public Wire wire() {
    return wire;
  }

  public void wire(Wire now) {
    wire = now;
  }

  public boolean authenticated() {
    return authenticated;
  }

  public void authenticated(boolean yes) {
    authenticated = yes;
  }
}
