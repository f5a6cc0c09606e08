package io.pantala.server.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.config.Limits;
import io.pantala.server.http.HttpPages;
import io.pantala.server.http.HttpProtocol;
import io.pantala.server.shard.ShardThread;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection's protocol until its first bytes have told which one it is: HTTP when the first
/// line is a request line of HTTP, else RESP. The connection then speaks that one and leaves this
/// one behind. Owner: the connection's thread.
public final class ProtocolDetection implements Protocol {
  /// The methods of HTTP, each with the space behind it.
  private static final byte[][] METHODS = {
    word("GET "),
    word("HEAD "),
    word("POST "),
    word("PUT "),
    word("DELETE "),
    word("OPTIONS "),
    word("PATCH "),
    word("TRACE "),
    word("CONNECT "),
  };

  /// How a request line ends, before the digit of the version.
  private static final byte[] VERSION = word(" HTTP/1.");

  private final ShardThread thread;
  private final HttpPages pages;
  private @Nullable Connection connection;
  private @Nullable Protocol chosen;
  private boolean authenticated;

  public ProtocolDetection(ShardThread thread, HttpPages pages) {
    this.thread = thread;
    this.pages = pages;
  }

  /// Names the connection that is to be told; before the first bytes.
  public void of(Connection client) {
    connection = client;
  }

  private static byte[] word(String text) {
    return text.getBytes(US_ASCII);
  }

  @Override
  public long parse(long address, long length, Args args) {
    Protocol protocol = chosen;
    if (protocol == null) {
      if (!isKnown(address, length)) {
        args.begin(address);
        return 0;
      }
      protocol = choose(isHttp(address, length));
    }
    return protocol.parse(address, length, args);
  }

  private Protocol choose(boolean http) {
    Connection client = Objects.requireNonNull(connection);
    Protocol protocol =
        http ? new HttpProtocol(client, pages) : new RespProtocol(thread.shards().commands());
    if (!http) {
      protocol.authenticated(authenticated);
    }
    chosen = protocol;
    client.speak(protocol);
    return protocol;
  }

  /// Whether the bytes so far are enough to tell.
  private static boolean isKnown(long address, long length) {
    return length >= Limits.FIRST_LINE_BYTES
        || !startsWithMethod(address, length)
        || lineLength(address, length) < length;
  }

  /// Whether the line that is there, or the first bytes of a long one, are a request line of HTTP.
  static boolean isHttp(long address, long length) {
    long line = lineLength(address, Math.min(length, Limits.FIRST_LINE_BYTES));
    if (line > 0 && Mem.getByte(address + line - 1) == '\r') {
      line--;
    }
    long version = line - 1 - VERSION.length;
    return version > 0
        && matches(address + version, VERSION, VERSION.length)
        && isDigit(Mem.getByte(address + line - 1))
        && hasMethodAndTarget(address, version);
  }

  private static boolean hasMethodAndTarget(long address, long length) {
    for (byte[] method : METHODS) {
      if (length > method.length && matches(address, method, method.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /// Bytes before the first line end; all of them without one.
  private static long lineLength(long address, long length) {
    long at = 0;
    while (at < length && Mem.getByte(address + at) != '\n') {
      at++;
    }
    return at;
  }

  /// Whether the bytes start with a method, or are the start of one.
  private static boolean startsWithMethod(long address, long length) {
    for (byte[] method : METHODS) {
      if (matches(address, method, (int) Math.min(length, method.length))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(long address, byte[] text, int length) {
    for (int i = 0; i < length; i++) {
      if (Mem.getByte(address + i) != text[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean mayParseAhead(long address) {
    return chosen().mayParseAhead(address);
  }

  @Override
  public long wanted() {
    return 1;
  }

  @Override
  public void forget() {
    if (chosen != null) {
      chosen.forget();
    }
  }

  @Override
  public void authenticated(boolean yes) {
    authenticated = yes;
  }

  @Override
  public @Nullable CommandSpec find(Args args) {
    return chosen().find(args);
  }

  @Override
  public byte[] broken(long error) {
    return chosen().broken(error);
  }

  @Override
  public byte[] unknownCommand(Args args) {
    return chosen().unknownCommand(args);
  }

  @Override
  public byte[] wrongArity(CommandSpec spec) {
    return chosen().wrongArity(spec);
  }

  @Override
  public byte[] notAuthenticated() {
    return chosen().notAuthenticated();
  }

  private Protocol chosen() {
    return Objects.requireNonNull(chosen);
  }
}
