package io.pantala.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.server.client.Connection;
import io.pantala.server.client.Protocol;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.config.Limits;
import io.pantala.server.shard.ShardThread;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// HTTP/1.0 and 1.1, GET and HEAD. Owner: the connection's thread.
///
/// Its requests are no commands: it answers each where it parses it (docs/decisions/010), so INFO
/// does not count them and they reach no shard.
public final class HttpProtocol implements Protocol {
  private static final String BASIC = "Basic ";

  private final Connection client;
  private final HttpPages pages;

  /// How many bytes of the current request are known to hold no end of its head.
  private long scanned;

  public HttpProtocol(Connection client, HttpPages pages) {
    this.client = client;
    this.pages = pages;
  }

  @Override
  public long parse(long address, long length, Args args) {
    args.begin(address);
    long end = endOfHead(address, length);
    if (end > 0) {
      scanned = 0;
      answer(RequestHead.of(Mem.toArray(address, Math.toIntExact(end))));
      return end;
    }
    if (length > Limits.HTTP_LINE_BYTES && !hasLine(address)) {
      answer(RequestHead.bad(Status.URI_TOO_LONG));
      return length;
    }
    if (length > Limits.HTTP_LINE_BYTES + Limits.HTTP_HEADERS_BYTES) {
      answer(RequestHead.bad(Status.HEADERS_TOO_LARGE));
      return length;
    }
    return 0;
  }

  /// Where the empty line ends; 0 when it is not there yet. Empty lines at the start are passed
  /// over, as RFC 9112 asks.
  private long endOfHead(long address, long length) {
    long at = scanned;
    if (at == 0) {
      while (at < length && isLineEnd(Mem.getByte(address + at))) {
        at++;
      }
    }
    for (; at < length; at++) {
      if (Mem.getByte(address + at) == '\n') {
        long next = at + 1;
        if (next < length && Mem.getByte(address + next) == '\r') {
          next++;
        }
        if (next >= length) {
          break;
        }
        if (Mem.getByte(address + next) == '\n') {
          return next + 1;
        }
      }
    }
    scanned = at;
    return 0;
  }

  private static boolean hasLine(long address) {
    for (int i = 0; i < Limits.HTTP_LINE_BYTES; i++) {
      if (Mem.getByte(address + i) == '\n') {
        return true;
      }
    }
    return false;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }

  private void answer(RequestHead head) {
    if (head.status() != Status.OK) {
      respond(head, head.status(), Content.text(head.status() + "\n"));
      return;
    }
    if (!client.state().authenticated() && !isAuthorized(head)) {
      respond(head, Status.UNAUTHORIZED, Content.text(Status.UNAUTHORIZED + "\n"));
      return;
    }
    HttpPages.Page page = pages.find(head.path());
    if (page == null) {
      respond(head, Status.NOT_FOUND, Content.text(Status.NOT_FOUND + "\n"));
    } else if (page.isSlow()) {
      answerLater(head, page);
    } else {
      Content content = render(page);
      respond(head, content == null ? Status.INTERNAL_ERROR : Status.OK, content);
    }
  }

  /// Has the page made by another thread; the client waits for it as for another shard.
  private void answerLater(RequestHead head, HttpPages.Page page) {
    ShardThread thread = client.thread();
    client.await();
    pages.execute(
        () -> {
          Content content = render(page);
          try {
            thread.loop().execute(() -> goOn(head, content));
          } catch (RejectedExecutionException e) {
            thread.log().debug("the server stops before {} is answered", head.path());
          }
        });
  }

  private void goOn(RequestHead head, @Nullable Content content) {
    if (!client.isClosed()) {
      respond(head, content == null ? Status.INTERNAL_ERROR : Status.OK, content);
    }
    client.resume();
  }

  /// The page's content, or null after a failure.
  private @Nullable Content render(HttpPages.Page page) {
    try {
      return page.content().get();
    } catch (RuntimeException e) {
      client.thread().log().error("{} failed", page.path(), e);
      return null;
    }
  }

  /// The time that it takes does not tell how much of a wrong password is right.
  private boolean isAuthorized(RequestHead head) {
    if (!head.authorization().startsWith(BASIC)) {
      return false;
    }
    String given;
    try {
      byte[] decoded = Base64.getDecoder().decode(head.authorization().substring(BASIC.length()));
      given = new String(decoded, ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return false;
    }
    int colon = given.indexOf(':');
    String user = colon < 0 ? given : given.substring(0, colon);
    byte[] wanted = client.thread().shards().live().password().getBytes(ISO_8859_1);
    boolean right = MessageDigest.isEqual(wanted, given.substring(colon + 1).getBytes(ISO_8859_1));
    return right && colon >= 0 && (user.isEmpty() || user.equals("default"));
  }

  private void respond(RequestHead head, Status status, @Nullable Content content) {
    Content shown = content == null ? Content.text(status + "\n") : content;
    byte[] body = shown.body().getBytes(UTF_8);
    boolean keepAlive = head.keepAlive() && status != Status.INTERNAL_ERROR;
    StringBuilder lines = new StringBuilder(256);
    lines.append("HTTP/1.1 ").append(status).append("\r\n");
    lines.append("Content-Type: ").append(shown.type()).append("\r\n");
    lines.append("Content-Length: ").append(body.length).append("\r\n");
    lines.append("Connection: ").append(keepAlive ? "keep-alive" : "close").append("\r\n");
    lines.append(HttpPages.HEADERS);
    if (status == Status.UNAUTHORIZED) {
      lines.append("WWW-Authenticate: Basic realm=\"pantala\", charset=\"UTF-8\"\r\n");
    }
    if (status == Status.METHOD_NOT_ALLOWED) {
      lines.append("Allow: GET, HEAD\r\n");
    }
    lines.append("\r\n");
    NativeBuffer replies = client.thread().replyBuffer();
    replies.append(lines.toString().getBytes(US_ASCII));
    if (!head.isHead()) {
      replies.append(body);
    }
    if (!keepAlive) {
      client.closeAfterReplies();
    }
  }

  /// A request is answered as it is parsed, so never ahead of others.
  @Override
  public boolean mayParseAhead(long address) {
    return false;
  }

  @Override
  public long wanted() {
    return 1;
  }

  @Override
  public void forget() {
    scanned = 0;
  }

  @Override
  public void authenticated(boolean yes) {
    assert yes : "each request brings its password";
  }

  @Override
  public @Nullable CommandSpec find(Args args) {
    return null;
  }

  @Override
  public byte[] broken(long error) {
    throw new IllegalStateException("broken requests are answered as others are");
  }

  @Override
  public byte[] unknownCommand(Args args) {
    return ErrorText.unknownCommand(args);
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
