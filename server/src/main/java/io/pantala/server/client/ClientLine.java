package io.pantala.server.client;

import io.pantala.core.memory.NativeBuffer;
import java.util.concurrent.TimeUnit;

/// A client as CLIENT LIST and INFO show it: the fields of redis-server 7.0, and the library of
/// 7.2. Buffers are those that this server has: replies have one growing buffer, so `rbs`, `rbp`
/// and `oll` are 0; `multi-mem` and the subscriptions are 0 as there are none.
public final class ClientLine {
  private static final int TYPICAL_CHARACTERS = 320;

  private ClientLine() {}

  /// The line without its end. On the client's thread.
  public static String of(Connection client, long nowMs) {
    ClientState state = client.state();
    NativeBuffer input = client.input();
    NativeBuffer output = client.output();
    long argumentBytes = client.round().deferredBytes();
    StringBuilder line = new StringBuilder(TYPICAL_CHARACTERS);
    add(line, "id", state.id());
    add(line, "addr", state.peer());
    add(line, "laddr", state.local());
    add(line, "fd", client.descriptor());
    add(line, "name", state.name());
    add(line, "age", TimeUnit.MILLISECONDS.toSeconds(nowMs - state.connectedAtMs()));
    add(line, "idle", TimeUnit.MILLISECONDS.toSeconds(nowMs - state.lastActiveMs()));
    add(line, "flags", flags(client));
    add(line, "db", state.db());
    add(line, "sub", 0);
    add(line, "psub", 0);
    add(line, "ssub", 0);
    add(line, "multi", -1);
    add(line, "qbuf", input.position());
    add(line, "qbuf-free", input.capacity() - input.position());
    add(line, "argv-mem", argumentBytes);
    add(line, "multi-mem", 0);
    add(line, "rbs", 0);
    add(line, "rbp", 0);
    add(line, "obl", client.pendingOutput());
    add(line, "oll", 0);
    add(line, "omem", output.capacity());
    add(line, "tot-mem", input.capacity() + output.capacity() + argumentBytes);
    add(line, "events", output.isEmpty() ? "r" : "rw");
    add(line, "cmd", state.lastCommand());
    add(line, "user", "default");
    add(line, "redir", -1);
    add(line, "resp", state.wire() == Wire.RESP3 ? 3 : 2);
    add(line, "lib-name", state.libraryName());
    add(line, "lib-ver", state.libraryVersion());
    line.setLength(line.length() - 1);
    return line.toString();
  }

  private static void add(StringBuilder line, String name, String value) {
    line.append(name).append('=').append(value).append(' ');
  }

  private static void add(StringBuilder line, String name, long value) {
    line.append(name).append('=').append(value).append(' ');
  }

  /// O: watches by MONITOR; b: held by a pause; c: closes after its replies; e: not to be evicted;
  /// T: reads leave the time of access; N: none of these.
  private static String flags(Connection client) {
    ClientState state = client.state();
    StringBuilder flags = new StringBuilder();
    add(flags, state.isMonitor(), 'O');
    add(flags, client.thread().pause().isHolding(client), 'b');
    add(flags, client.isClosing(), 'c');
    add(flags, state.isEvictionExempt(), 'e');
    add(flags, !state.marksAccess(), 'T');
    return flags.isEmpty() ? "N" : flags.toString();
  }

  private static void add(StringBuilder flags, boolean is, char letter) {
    if (is) {
      flags.append(letter);
    }
  }
}
