package io.pantala.server.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.command.SecretArguments;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// One request as MONITOR shows it: `+1700000000.123456 [0 127.0.0.1:5000] "SET" "key" "value"`.
final class MonitorLine {
  private static final byte[] REDACTED = SecretArguments.REDACTED.getBytes(ISO_8859_1);
  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);
  private static final byte[] END = {'\r', '\n'};

  /// Most bytes that one byte of an argument becomes: `\x00`.
  private static final int ESCAPED_BYTES = 4;

  private MonitorLine() {}

  /// Appends the line of a request that was taken just now.
  static void write(NativeBuffer out, ClientState client, CommandSpec spec, Args args) {
    out.append(head(client).getBytes(ISO_8859_1));
    for (int i = 0; i < args.count(); i++) {
      put(out, ' ');
      put(out, '"');
      if (spec.row().secrets().isSecret(args, i)) {
        out.append(REDACTED);
      } else {
        escape(out, args.address(i), args.length(i));
      }
      put(out, '"');
    }
    out.append(END);
  }

  private static String head(ClientState client) {
    Instant now = Instant.now();
    String micros = Long.toString(TimeUnit.NANOSECONDS.toMicros(now.getNano()));
    return "+"
        + now.getEpochSecond()
        + "."
        + "0".repeat(6 - micros.length())
        + micros
        + " ["
        + client.db()
        + " "
        + client.peer()
        + "]";
  }

  private static void escape(NativeBuffer out, long from, long length) {
    for (long at = from; at < from + length; at++) {
      int c = Mem.getUByte(at);
      long to = out.reserve(ESCAPED_BYTES);
      out.advance(escape(c, to));
    }
  }

  /// Writes one byte as text and returns how many it took.
  private static int escape(int c, long to) {
    int letter =
        switch (c) {
          case '\\', '"' -> c;
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          case 7 -> 'a';
          case '\b' -> 'b';
          default -> 0;
        };
    if (letter == 0 && c >= ' ' && c <= '~') {
      Mem.putByte(to, (byte) c);
      return 1;
    }
    Mem.putByte(to, (byte) '\\');
    if (letter != 0) {
      Mem.putByte(to + 1, (byte) letter);
      return 2;
    }
    Mem.putByte(to + 1, (byte) 'x');
    Mem.putByte(to + 2, HEX[c >> 4]);
    Mem.putByte(to + 3, HEX[c & 15]);
    return ESCAPED_BYTES;
  }

  private static void put(NativeBuffer out, char c) {
    Mem.putByte(out.reserve(1), (byte) c);
    out.advance(1);
  }
}
