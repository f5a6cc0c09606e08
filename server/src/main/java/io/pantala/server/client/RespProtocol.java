package io.pantala.server.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.ProtocolError;
import io.pantala.resp.RequestParser;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.command.CommandTable;
import org.jspecify.annotations.Nullable;

/// RESP2, RESP3 and inline requests. Owner: the connection's thread.
public final class RespProtocol implements Protocol {
  private static final byte[] POST = "POST".getBytes(US_ASCII);
  private static final byte[] HOST = "HOST:".getBytes(US_ASCII);

  private final RequestParser parser = new RequestParser();
  private final CommandTable commands;

  public RespProtocol(CommandTable commands) {
    this.commands = commands;
  }

  @Override
  public long parse(long address, long length, Args args) {
    return parser.parse(address, length, args);
  }

  /// An inline request is unquoted in place.
  @Override
  public boolean mayParseAhead(long address) {
    return Mem.getByte(address) == '*';
  }

  @Override
  public long wanted() {
    return parser.wanted();
  }

  @Override
  public void forget() {
    parser.forget();
  }

  @Override
  public void authenticated(boolean yes) {
    parser.authenticated(yes);
  }

  @Override
  public @Nullable CommandSpec find(Args args) {
    return commands.find(args, 0);
  }

  @Override
  public byte[] broken(long error) {
    return ProtocolError.text(error);
  }

  @Override
  public byte[] unknownCommand(Args args) {
    return ErrorText.unknownCommand(args);
  }

  /// A web page that makes a browser send a form to this port: its first lines are of HTTP, and its
  /// own lines, the commands, come behind.
  @Override
  public boolean isForeign(Args args) {
    return args.is(0, POST) || args.is(0, HOST);
  }

  @Override
  public byte[] wrongArity(CommandSpec spec) {
    return ErrorText.wrongArity(spec.name());
  }

  @Override
  public byte[] notAuthenticated() {
    return ErrorText.NO_AUTH;
  }
}
