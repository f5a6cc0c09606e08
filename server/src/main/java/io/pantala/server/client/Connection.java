package io.pantala.server.client;

import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Reply;
import io.pantala.server.config.Limits;
import io.pantala.server.net.Transport;
import io.pantala.server.shard.ShardThread;

/// One client, from bytes to commands to replies. Owner: the shard thread that serves it, for its
/// whole life.
///
/// Work comes in *rounds*: what one read brought is parsed and run; requests for other shards are
/// collected into one [ShardBatch] for each; when those are back, all replies leave in the order of
/// the requests by one write. Meanwhile the connection is *waiting* and reads nothing: the kernel's
/// buffers hold back the client. A transaction makes it wait in the same way.
public final class Connection {
  private final ShardThread thread;
  private final Transport transport;
  private final ClientState state;
  private Protocol protocol;
  private final NativeBuffer input = new NativeBuffer();
  private final NativeBuffer output = new NativeBuffer();
  private final Round round;
  private long sent;

  /// When the client last took some of the bytes that wait for it.
  private long outputMovedMs;

  private boolean waiting;
  private boolean running;
  private boolean readable;
  private boolean queued;
  private boolean closing;
  private boolean closed;

  public Connection(ShardThread thread, Transport transport, Protocol protocol, ClientState state) {
    this.thread = thread;
    this.transport = transport;
    this.state = state;
    this.protocol = protocol;
    this.round = new Round(this, thread);
  }

  public ClientState state() {
    return state;
  }

  public ShardThread thread() {
    return thread;
  }

  Round round() {
    return round;
  }

  public Protocol protocol() {
    return protocol;
  }

  /// From now on requests are parsed by `now`.
  void speak(Protocol now) {
    protocol = now;
  }

  NativeBuffer input() {
    return input;
  }

  NativeBuffer output() {
    return output;
  }

  /// The socket's number in this process, below 0 where there is none.
  int descriptor() {
    return transport.descriptor();
  }

  boolean isClosing() {
    return closing;
  }

  /// Bytes of replies that the client has not taken.
  public long pendingOutput() {
    return output.position() - sent;
  }

  /// Something can be read, or the peer has closed.
  public void onReadable() {
    assert thread.isCurrent();
    if (closed) {
      return;
    }
    if (waiting) {
      readable = true;
      if (transport.hasEnded() && thread.pause().isHolding(this)) {
        close();
      }
      return;
    }
    readable = false;
    thread.refreshClock();
    state.lastActiveMs(nowMs());
    boolean more;
    try {
      more = input.isEmpty() ? readShared() : readOwn();
    } catch (MemoryExhausted | OutOfMemoryError e) {
      thread.replyBuffer().clear();
      close();
      thread.log().warn("client {} closed: no memory for its request", state.id());
      return;
    }
    endRound();
    thread.monitorFeed().relieve();
    if (more && !closed) {
      readAgain();
    }
  }

  /// The socket takes bytes again.
  public void onWritable() {
    assert thread.isCurrent();
    if (!closed && !output.isEmpty()) {
      sendOutput();
    }
  }

  /// The next of the reads that were put off for the sake of other clients.
  public void onReadAgain() {
    queued = false;
    onReadable();
  }

  /// Closes the connection once the replies so far have been taken.
  public void closeAfterReplies() {
    closing = true;
  }

  /// Closes a client that has sent nothing for `timeoutMs`, or has left bytes unread for
  /// `sendTimeoutMs`; 0 stands for any time.
  public void closeIfSilent(long nowMs, long timeoutMs, long sendTimeoutMs) {
    if (closed) {
      return;
    }
    if (sendTimeoutMs > 0 && !output.isEmpty() && nowMs - outputMovedMs > sendTimeoutMs) {
      thread.log().warn("client {} closed: it does not read", state.id());
      close();
    } else if (timeoutMs > 0 && isSilenceOdd() && nowMs - state.lastActiveMs() > timeoutMs) {
      thread.log().debug("client {} closed: it was silent", state.id());
      close();
    }
  }

  /// Not that of a client that waits for the server, or that only watches what others do.
  private boolean isSilenceOdd() {
    return !waiting && !state.isMonitor();
  }

  private long nowMs() {
    return thread.shard().clock().nowMs();
  }

  public boolean isClosed() {
    return closed;
  }

  public void close() {
    assert thread.isCurrent();
    if (closed) {
      return;
    }
    thread.sendQueue().send();
    if (closed) {
      return;
    }
    closed = true;
    transport.close();
    thread.forget(this);
    input.close();
    output.close();
    if (thread.pause().drop(this) || !waiting) {
      round.close();
    }
  }

  /// The connection reads nothing more until [#resume].
  public void await() {
    waiting = true;
  }

  boolean isWaiting() {
    return waiting;
  }

  /// What the connection waited for is there, and its replies are written: goes on with what was
  /// read already, then with the socket.
  public void resume() {
    waiting = false;
    round.dropAnswer();
    if (closed) {
      round.close();
      thread.replyBuffer().clear();
      return;
    }
    if (running) {
      return;
    }
    thread.refreshClock();
    runDeferred();
    if (!waiting) {
      runInput();
    }
    endRound();
    if (readable && !waiting && !closed) {
      onReadable();
    }
  }

  /// Runs the request that had to wait for the round before it, or for the end of a pause: perhaps
  /// of another one now.
  private void runDeferred() {
    Request request = round.takeDeferred();
    if (request != null) {
      running = true;
      thread.timer().begin();
      boolean started = thread.dispatcher().dispatch(this, request);
      thread.timer().end();
      if (!started) {
        round.deferAgain();
      }
      running = false;
    }
  }

  /// Where replies of this round are written.
  public Reply reply() {
    return thread.reply(state.wire());
  }

  private boolean readShared() {
    long buffer = thread.readBuffer();
    int n = transport.read(buffer, Limits.READ_BYTES);
    if (n <= 0) {
      onNothingRead(n);
      return false;
    }
    thread.stats().onRead(n);
    long used = run(buffer, n);
    if (used < n && !closed) {
      input.append(buffer + used, n - used);
    }
    return n == Limits.READ_BYTES || transport.hasEnded();
  }

  private boolean readOwn() {
    long wanted = Math.clamp(protocol.wanted(), Limits.READ_BYTES, Limits.INPUT_STEP_BYTES);
    if (input.position() + wanted > Limits.QUERY_BUFFER_MAX_BYTES) {
      thread.log().warn("client {} closed: query buffer limit", state.id());
      close();
      return false;
    }
    int n = transport.read(input.reserve(wanted), (int) wanted);
    if (n <= 0) {
      onNothingRead(n);
      return false;
    }
    thread.stats().onRead(n);
    input.advance(n);
    runInput();
    return n == wanted || transport.hasEnded();
  }

  private void runInput() {
    if (input.isEmpty()) {
      return;
    }
    long used = run(input.address(), input.position());
    if (closed) {
      return;
    }
    input.discard(used);
    if (input.isEmpty()) {
      input.close();
    }
  }

  /// Runs the whole requests in a buffer; returns the bytes they took.
  private long run(long address, long bytes) {
    Lookahead ahead = thread.dispatcher().lookahead();
    long at = 0;
    running = true;
    thread.timer().begin();
    while (at < bytes && mayRun()) {
      int parsed = ahead.parse(this, address + at, bytes - at);
      if (parsed <= 0) {
        refuse(parsed);
        break;
      }
      int i = 0;
      do {
        at += ahead.bytes(i);
        run(ahead.request(i));
        relieve();
      } while (++i < parsed && mayRun());
      thread.timer().end();
      if (!mayRun() && !closed) {
        protocol.forget();
      }
    }
    running = false;
    return closing ? bytes : at;
  }

  private boolean mayRun() {
    return !waiting && !closing && !closed && !round.isDeferring() && !isRoundFull();
  }

  /// Whether replies pile up behind those that other shards must give first: then the round ends
  /// before the requests do.
  private boolean isRoundFull() {
    return thread.replyBuffer().position() > Limits.BATCH_REPLY_BYTES && !round.isLocal();
  }

  private void run(Request request) {
    if (request.args.count() > 0 && !thread.dispatcher().dispatch(this, request)) {
      round.defer(request);
    }
  }

  /// Ends the connection after bytes that are no request.
  private void refuse(int error) {
    if (error < 0) {
      byte[] text = protocol.broken(error);
      if (state.replyMode() == ReplyMode.ON) {
        reply().error(text);
      }
      thread.stats().byCommand().rejected(null, text);
      closing = true;
    }
  }

  /// Sends early in a round with large replies.
  private void relieve() {
    if (thread.replyBuffer().position() > Limits.OUTPUT_EARLY_FLUSH_BYTES && round.isLocal()) {
      flush();
    }
  }

  /// Sends the round's replies, or sends its batches to their shards and waits for them.
  private void endRound() {
    if (closed) {
      return;
    }
    if (round.isLocal()) {
      flush();
      if (round.isDeferring() && !closed) {
        thread.pause().hold(this);
      }
    } else if (!waiting) {
      round.depart();
    }
  }

  /// Sends the replies so far, behind those that the client has not taken yet; closes a client that
  /// had more of them than it may already.
  void flush() {
    NativeBuffer replies = thread.replyBuffer();
    if (!replies.isEmpty()) {
      if (!closing && output.isEmpty() && thread.sendQueue().add(this, replies)) {
        replies.clear();
        return;
      }
      thread.sendQueue().send();
      if (output.isEmpty()) {
        send(replies.address(), replies.position());
      } else if (pendingOutput() > thread.shards().config().outputLimit()) {
        closeOverLimit();
      } else {
        output.append(replies.address(), replies.position());
      }
      replies.clear();
      replies.trim(Limits.KEPT_BUFFER_BYTES);
    }
    if (closing && output.isEmpty() && !waiting) {
      close();
    }
  }

  /// Sends bytes that answer no request, behind the replies so far; not while a request is in hand.
  void push(long address, long bytes) {
    thread.sendQueue().send();
    if (closed || closing || state.replyMode() == ReplyMode.OFF) {
      return;
    }
    if (pendingOutput() > thread.shards().config().outputLimit()) {
      closeOverLimit();
    } else {
      send(address, bytes);
    }
  }

  private void closeOverLimit() {
    thread.log().warn("client {} closed: output limit", state.id());
    close();
  }

  /// Sends bytes behind those that wait; what the socket does not take waits too, and where there
  /// is no memory for that, this client ends and no other.
  void send(long address, long bytes) {
    try {
      sendOrKeep(address, bytes);
    } catch (MemoryExhausted e) {
      thread.log().warn("client {} closed: no memory for its replies", state.id());
      close();
    }
  }

  private void sendOrKeep(long address, long bytes) {
    if (closed) {
      return;
    }
    if (!output.isEmpty()) {
      output.append(address, bytes);
      return;
    }
    int n = transport.write(address, (int) Math.min(bytes, Integer.MAX_VALUE));
    if (n == Transport.CLOSED) {
      close();
      return;
    }
    thread.stats().onWritten(n);
    if (n < bytes) {
      outputMovedMs = nowMs();
      output.append(address + n, bytes - n);
    }
  }

  private void sendOutput() {
    while (sent < output.position()) {
      long left = output.position() - sent;
      int n = transport.write(output.address() + sent, (int) Math.min(left, Integer.MAX_VALUE));
      if (n == Transport.CLOSED) {
        close();
        return;
      }
      if (n == 0) {
        dropSent();
        return;
      }
      thread.stats().onWritten(n);
      outputMovedMs = nowMs();
      state.lastActiveMs(outputMovedMs);
      sent += n;
    }
    sent = 0;
    output.close();
    if (closing && !waiting) {
      close();
    }
  }

  /// Gives up the bytes that were sent once they are most of the buffer: linear in all.
  private void dropSent() {
    if (sent > output.position() / 2) {
      output.discard(sent);
      sent = 0;
    }
  }

  private void onNothingRead(int n) {
    if (n == Transport.CLOSED) {
      close();
    }
  }

  private void readAgain() {
    if (waiting) {
      readable = true;
    } else if (!queued) {
      queued = true;
      thread.readLater(this);
    }
  }
}
