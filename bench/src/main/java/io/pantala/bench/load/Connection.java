package io.pantala.bench.load;

import io.pantala.core.memory.NativeBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One client: sends a batch of requests in one write, waits for all its replies, sends the next.
/// Used by its [LoadThread] alone.
///
/// With a rate, batch `i` has a planned time `start + i * interval`. A batch that could not be sent
/// in time, because replies were late, is sent at once, and its latency counts from the *planned*
/// time: a stalled server is charged for the requests that it kept waiting.
final class Connection implements Poller.Events, AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final LoadThread thread;
  private final LoadPlan plan;
  private final Draws draws;
  private final RequestMix.Cursor cursor;
  private final ReplyScanner scanner;
  private final RequestTemplate[] batch;
  private final NativeBuffer unsent = new NativeBuffer();
  private final int index;

  private Poller.@Nullable Wire wire;
  private int greetingReplies;
  private long requestsLeft;
  private int sent;
  private int answered;
  private long startNanos;
  private long dueNanos;

  /// @param index of the connection among all of the run
  Connection(LoadThread thread, LoadPlan plan, int index) {
    this.thread = thread;
    this.plan = plan;
    this.index = index;
    this.draws = plan.draws(index);
    this.cursor = plan.mix().cursor();
    this.scanner = plan.target().protocol().newScanner();
    this.batch = new RequestTemplate[plan.shape().pipeline()];
    this.greetingReplies = plan.target().greetingReplies();
    long requests = plan.shape().requests();
    this.requestsLeft = requests == 0 ? Long.MAX_VALUE : requests;
  }

  /// When the next batch is planned, on the clock of [System#nanoTime].
  long dueNanos() {
    return dueNanos;
  }

  @Override
  public void connected(Poller.Wire connected) throws IOException {
    wire = connected;
    if (greetingReplies == 0) {
      thread.onReady();
    } else {
      unsent.append(plan.target().greeting().getBytes(StandardCharsets.UTF_8));
      flush();
    }
  }

  /// Sends the first batch, or plans it: with a rate, connections start spread over one interval.
  void begin(long now) throws IOException {
    dueNanos = now;
    if (plan.shape().rate() > 0) {
      dueNanos += intervalNanos(plan.shape().pipeline()) * index / plan.shape().connections();
    }
    sendOrWait(now);
  }

  private long intervalNanos(int requests) {
    return requests * NANOS_PER_SECOND / plan.shape().rate();
  }

  private void sendOrWait(long now) throws IOException {
    if (plan.shape().rate() == 0) {
      sendBatch(System.nanoTime());
    } else if (dueNanos <= now) {
      sendDue();
    } else {
      thread.wakeAtDue(this);
    }
  }

  /// Sends the batch whose planned time has come.
  void sendDue() throws IOException {
    long planned = dueNanos;
    dueNanos += intervalNanos((int) Math.min(batch.length, requestsLeft));
    sendBatch(planned);
  }

  private void sendBatch(long start) throws IOException {
    int count = (int) Math.min(batch.length, requestsLeft);
    long from = thread.outAddress();
    long to = from;
    for (int i = 0; i < count; i++) {
      RequestTemplate request = cursor.next();
      batch[i] = request;
      to = request.write(to, draws);
    }
    requestsLeft -= count;
    sent = count;
    answered = 0;
    startNanos = start;
    send(from, to - from);
  }

  private void send(long from, long bytes) throws IOException {
    thread.stats().bytesOut += bytes;
    int taken = wire().send(from, (int) bytes);
    if (taken < bytes) {
      unsent.append(from + taken, bytes - taken);
      wire().wantWritable(true);
    }
  }

  private void flush() throws IOException {
    long taken = wire().send(unsent.address(), (int) unsent.position());
    unsent.discard(taken);
    wire().wantWritable(!unsent.isEmpty());
  }

  @Override
  public void writable() throws IOException {
    if (!unsent.isEmpty()) {
      flush();
    }
  }

  @Override
  public void readable() throws IOException {
    long at = thread.inAddress();
    int bytes = wire().receive(at, LoadThread.IN_BYTES);
    if (bytes < 0) {
      throw new LoadFailure("the server closed connection " + index);
    }
    if (greetingReplies > 0) {
      onGreeting(at, at + bytes);
    } else {
      onReplies(at, at + bytes);
    }
  }

  private void onReplies(long from, long end) throws IOException {
    long now = System.nanoTime();
    LoadStats stats = thread.stats();
    int before = answered;
    long at = from;
    while (at < end) {
      at = scanner.scan(at, end);
      if (scanner.complete()) {
        if (answered == sent) {
          throw new LoadFailure("a reply to no request");
        }
        stats.onReply(batch[answered++], scanner);
      }
    }
    stats.bytesIn += end - from;
    if (answered > before) {
      stats.record(now - startNanos, answered - before);
      if (answered == sent) {
        onBatchDone(now);
      }
    }
  }

  private void onBatchDone(long now) throws IOException {
    if (requestsLeft == 0 || thread.stopping()) {
      thread.onDone();
    } else {
      sendOrWait(now);
    }
  }

  private void onGreeting(long from, long end) throws IOException {
    long at = from;
    while (at < end) {
      at = scanner.scan(at, end);
      if (scanner.complete()) {
        if (scanner.isError()) {
          throw new LoadFailure("the server refuses the connection: " + scanner.errorText());
        }
        greetingReplies--;
      }
    }
    if (greetingReplies == 0) {
      thread.onReady();
    }
  }

  private Poller.Wire wire() {
    return Objects.requireNonNull(wire, "not connected");
  }

  @Override
  public void close() {
    unsent.close();
  }
}
