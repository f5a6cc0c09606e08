package io.pantala.bench.load;

import io.pantala.core.memory.NativeBuffer;
import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One thread with its share of the connections. All connections send from one buffer and receive
/// into one buffer, so these stay in the cache.
final class LoadThread implements Runnable {
  static final int IN_BYTES = 64 * 1024;

  private static final long CONNECT_TIMEOUT_NANOS = 10_000_000_000L;

  private final LoadPlan plan;
  private final RunControl control;
  private final int index;
  private volatile LoadStats stats = new LoadStats();
  private boolean counting;
  private final Connection[] connections;
  private final PriorityQueue<Connection> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Connection::dueNanos));
  private final NativeBuffer out = new NativeBuffer();
  private final NativeBuffer in = new NativeBuffer();

  private volatile @Nullable Poller poller;
  private volatile long endNanos;
  private int ready;
  private int active;

  LoadThread(LoadPlan plan, RunControl control, int index) {
    this.plan = plan;
    this.control = control;
    this.index = index;
    this.connections = new Connection[plan.shape().clients()];
  }

  @Override
  public void run() {
    try (Poller opened = Poller.open()) {
      poller = opened;
      out.reserve(plan.maxBatchBytes());
      in.reserve(IN_BYTES);
      connect(opened);
      control.awaitStart();
      if (control.failure() == null) {
        serve(opened);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      control.fail(e);
    } catch (IOException | RuntimeException | Error e) {
      control.fail(e);
    } finally {
      endNanos = System.nanoTime();
      poller = null;
      free();
    }
  }

  private void connect(Poller opened) throws IOException {
    for (int i = 0; i < connections.length; i++) {
      connections[i] = new Connection(this, plan, index * connections.length + i);
      opened.connect(plan.target().address(), connections[i]);
    }
    long deadline = System.nanoTime() + CONNECT_TIMEOUT_NANOS;
    while (ready < connections.length && !control.stopping()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new LoadFailure("the server did not take " + connections.length + " connections");
      }
      opened.poll(left);
    }
  }

  private void serve(Poller opened) throws IOException {
    active = connections.length;
    long now = System.nanoTime();
    for (Connection connection : connections) {
      connection.begin(now);
    }
    while (active > 0 && control.failure() == null) {
      if (control.counting() && !counting) {
        counting = true;
        stats = new LoadStats();
      }
      opened.poll(sendDue());
      if (control.stopping()) {
        active -= waiting.size();
        waiting.clear();
      }
    }
  }

  /// Sends the batches whose time has come; returns how long the next one has.
  private long sendDue() throws IOException {
    while (true) {
      Connection next = waiting.peek();
      if (next == null) {
        return Poller.FOREVER;
      }
      long left = next.dueNanos() - System.nanoTime();
      if (left > 0) {
        return left;
      }
      waiting.remove().sendDue();
    }
  }

  private void free() {
    for (Connection connection : connections) {
      if (connection != null) {
        connection.close();
      }
    }
    out.close();
    in.close();
  }

  /// A connection is greeted.
  void onReady() {
    ready++;
  }

  /// A connection has all its replies and sends no more.
  void onDone() {
    active--;
  }

  void wakeAtDue(Connection connection) {
    waiting.add(connection);
  }

  boolean stopping() {
    return control.stopping();
  }

  long outAddress() {
    return out.address();
  }

  long inAddress() {
    return in.address();
  }

  LoadStats stats() {
    return stats;
  }

  /// Lets the thread look at [RunControl]. Any thread.
  void wakeup() {
    Poller opened = poller;
    if (opened != null) {
      opened.wakeup();
    }
  }

  /// When the thread ended, on the clock of [System#nanoTime]; 0 before.
  long endNanos() {
    return endNanos;
  }
}
