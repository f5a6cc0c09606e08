package io.pantala.server.client;

import io.pantala.server.command.CommandSpec;
import org.jspecify.annotations.Nullable;

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
  private Wire wire;
  private final Entrance entrance;
  private boolean authenticated;
  private boolean marksAccess = true;
  private boolean monitor;
  private boolean evictionExempt;
  private ReplyMode replyMode = ReplyMode.ON;
  private @Nullable CommandSpec lastCommand;
  private long lastActiveMs;
  private int selection;

  /// @param trusted whether the server asks nobody for a password
  public ClientState(
      long id, long connectedAtMs, String peer, String local, Entrance entrance, boolean trusted) {
    this.id = id;
    this.connectedAtMs = connectedAtMs;
    this.lastActiveMs = connectedAtMs;
    this.peer = peer;
    this.local = local;
    this.entrance = entrance;
    this.wire = entrance.wire();
    this.authenticated = trusted || !entrance.asksForPassword();
  }

  /// Back to what it was at connect, as RESET asks.
  public void reset(boolean trusted) {
    name = "";
    replyMode = replyMode.onReset();
    select(0, true);
    wire = entrance.wire();
    authenticated = trusted || !entrance.asksForPassword();
  }

  public Entrance entrance() {
    return entrance;
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
    select(number, marksAccess);
  }

  /// Whether the client's reads set a record's time of last access.
  public boolean marksAccess() {
    return marksAccess;
  }

  public void marksAccess(boolean yes) {
    select(db, yes);
  }

  /// Both of these as a [Selection].
  public int selection() {
    return selection;
  }

  private void select(int number, boolean marks) {
    db = number;
    marksAccess = marks;
    selection = Selection.of(number, marks);
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

  public ReplyMode replyMode() {
    return replyMode;
  }

  public void replyMode(ReplyMode now) {
    replyMode = now;
  }

  /// Whether it watches by MONITOR; [MonitorFeed] says so.
  public boolean isMonitor() {
    return monitor;
  }

  void monitor(boolean yes) {
    monitor = yes;
  }

  /// Whether it asked not to be evicted; nothing evicts clients here.
  public boolean isEvictionExempt() {
    return evictionExempt;
  }

  public void evictionExempt(boolean yes) {
    evictionExempt = yes;
  }

  /// Notes the row of a request, null when it named none.
  void lastCommand(@Nullable CommandSpec spec) {
    lastCommand = spec;
  }

  /// The name of the last request's command, `NULL` without one.
  String lastCommand() {
    return lastCommand == null ? "NULL" : lastCommand.name();
  }

  /// When the client last sent bytes, or took some of those that waited for it.
  public long lastActiveMs() {
    return lastActiveMs;
  }

  void lastActiveMs(long timeMs) {
    lastActiveMs = timeMs;
  }
}
