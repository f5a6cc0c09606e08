package io.pantala.server.client;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.server.config.Limits;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The small replies of one turn of the loop, sent together at its end: clients that share a
/// machine or a thread are then woken once and not for each reply. Owner: the shard's thread.
public final class SendQueue implements AutoCloseable {
  private static final int FIRST_SENDS = 64;

  private final NativeBuffer bytes = new NativeBuffer();
  private @Nullable Connection[] clients = new Connection[FIRST_SENDS];
  private long[] ends = new long[FIRST_SENDS];
  private int count;
  private boolean sending;

  /// Takes the replies in `from`; false when they are too many to be copied.
  boolean add(Connection client, NativeBuffer from) {
    if (sending || from.position() > Limits.QUEUED_SEND_BYTES) {
      return false;
    }
    bytes.append(from.address(), from.position());
    if (count == ends.length) {
      clients = Arrays.copyOf(clients, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    clients[count] = client;
    ends[count++] = bytes.position();
    return true;
  }

  /// Sends everything; nothing when it is called from within.
  public void send() {
    if (sending || count == 0) {
      return;
    }
    sending = true;
    long start = 0;
    for (int i = 0; i < count; i++) {
      Objects.requireNonNull(clients[i]).send(bytes.address() + start, ends[i] - start);
      clients[i] = null;
      start = ends[i];
    }
    sending = false;
    count = 0;
    bytes.clear();
    bytes.trim(Limits.KEPT_BUFFER_BYTES);
  }

  @Override
  public void close() {
    bytes.close();
  }
}
