package io.pantala.server.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.memcache.MemcacheParser;
import io.pantala.memcache.MemcacheText;
import io.pantala.memcache.Verb;
import io.pantala.resp.Args;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.memcache.MemcacheTable;
import org.jspecify.annotations.Nullable;

/// memcached's text protocol, classic and meta commands. Owner: the connection's thread.
///
/// What a request is, the parser knows: [#find] is for the request that was parsed last.
public final class MemcacheProtocol implements Protocol {
  /// Nothing is said to a client whose line never ends.
  private static final byte[] SILENCE = "".getBytes(US_ASCII);

  private final MemcacheParser parser;
  private final MemcacheTable table;
  private boolean authenticated;

  /// @param itemBytes the largest item as memcached counts it
  public MemcacheProtocol(MemcacheTable table, long itemBytes) {
    this.table = table;
    this.parser = new MemcacheParser(itemBytes);
  }

  @Override
  public long parse(long address, long length, Args args) {
    return parser.parse(address, length, args);
  }

  @Override
  public boolean mayParseAhead(long address) {
    return parser.mayParseAhead();
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
    authenticated = yes;
  }

  @Override
  public @Nullable CommandSpec find(Args args) {
    Verb verb = parser.verb();
    return verb == Verb.SET && !authenticated ? table.authenticate() : table.row(verb);
  }

  @Override
  public byte[] broken(long error) {
    return error == MemcacheParser.BINARY ? MemcacheText.NO_BINARY : SILENCE;
  }

  @Override
  public byte[] unknownCommand(Args args) {
    return MemcacheText.ERROR;
  }

  @Override
  public byte[] wrongArity(CommandSpec spec) {
    return MemcacheText.ERROR;
  }

  @Override
  public byte[] notAuthenticated() {
    return MemcacheText.UNAUTHENTICATED;
  }
}
