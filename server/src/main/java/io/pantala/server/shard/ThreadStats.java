package io.pantala.server.shard;

import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What one shard thread counts. Its thread alone writes, by plain stores that cost nothing; any
/// thread reads, by opaque loads that may be a little old.
@SuppressWarnings("UnusedVariable") // the fields are read through their handles
public final class ThreadStats {
  private static final VarHandle COMMANDS = field("commands");
  private static final VarHandle INPUT_BYTES = field("inputBytes");
  private static final VarHandle OUTPUT_BYTES = field("outputBytes");
  private static final VarHandle DATA_BYTES = field("dataBytes");
  private static final VarHandle TABLE_BYTES = field("tableBytes");
  private static final VarHandle MAPPED_BYTES = field("mappedBytes");

  private long commands;
  private long inputBytes;
  private long outputBytes;
  private long dataBytes;
  private long tableBytes;
  private long mappedBytes;

  public void onCommand() {
    commands++;
  }

  public void onRead(long bytes) {
    inputBytes += bytes;
  }

  public void onWritten(long bytes) {
    outputBytes += bytes;
  }

  /// Notes what the shard's memory holds now; each beat.
  void publish(ShardMemory memory) {
    dataBytes = memory.used(MemoryUse.RECORD) + memory.used(MemoryUse.VALUE);
    tableBytes = memory.used() - dataBytes;
    mappedBytes = memory.mapped();
  }

  /// Requests that were taken, the refused ones among them.
  public long commands() {
    return (long) COMMANDS.getOpaque(this);
  }

  /// Bytes read from clients.
  public long inputBytes() {
    return (long) INPUT_BYTES.getOpaque(this);
  }

  /// Bytes that the system took for clients.
  public long outputBytes() {
    return (long) OUTPUT_BYTES.getOpaque(this);
  }

  /// Bytes of keys and values, as of the last beat.
  public long dataBytes() {
    return (long) DATA_BYTES.getOpaque(this);
  }

  /// Bytes of the tables that find them, as of the last beat.
  public long tableBytes() {
    return (long) TABLE_BYTES.getOpaque(this);
  }

  /// Bytes that the shard's memory holds from the system, as of the last beat.
  public long mappedBytes() {
    return (long) MAPPED_BYTES.getOpaque(this);
  }

  private static VarHandle field(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(ThreadStats.class, name, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
