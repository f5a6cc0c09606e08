package io.pantala.server.shard;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Reply;
import io.pantala.server.client.ReplyWriter;
import io.pantala.server.client.Wire;
import io.pantala.server.config.Limits;
import java.util.Arrays;

/// What one shard found out for a call over several shards: written on that shard's thread during a
/// hop, read by the client's thread after it, and by all shards in later hops.
public final class ShardPart implements AutoCloseable {
  private static final int FIRST_ENDS = 8;

  private final ReplyWriter writer = new ReplyWriter();
  private final NativeBuffer bytes = writer.buffer();
  private Wire wire = Wire.RESP2;
  private long number;
  private long[] ends = new long[FIRST_ENDS];
  private int endCount;
  private int nextEnd;

  void begin(Wire spoken) {
    wire = spoken;
    number = 0;
    endCount = 0;
    nextEnd = 0;
  }

  /// Gives up the bytes of the call that has ended.
  void end() {
    bytes.clear();
    bytes.trim(Limits.KEPT_CALL_BYTES);
  }

  /// Writes encoded replies into [#bytes].
  public Reply reply() {
    return writer.to(wire);
  }

  public NativeBuffer bytes() {
    return bytes;
  }

  /// A count, size or flag whose meaning is the command's.
  public long number() {
    return number;
  }

  public void number(long value) {
    number = value;
  }

  /// Marks the end of one piece of [#bytes].
  public void endPiece() {
    if (endCount == ends.length) {
      ends = Arrays.copyOf(ends, endCount * 2);
    }
    ends[endCount++] = bytes.position();
  }

  /// Offset and end of the next piece that has not been taken yet: pieces come back in the order in
  /// which they were written.
  long nextPieceStart() {
    return nextEnd == 0 ? 0 : ends[nextEnd - 1];
  }

  long takePieceEnd() {
    return ends[nextEnd++];
  }

  @Override
  public void close() {
    writer.close();
  }
}
