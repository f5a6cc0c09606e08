package io.pantala.server.shard;

import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;
import io.pantala.server.stats.CommandStats;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What one shard thread counts. Its thread alone writes, by plain stores that cost nothing; any
/// thread reads, by opaque loads that may be a little old.
@SuppressWarnings("UnusedVariable") // the fields are read through their handles
public final class ThreadStats {
  private static final VarHandle READS = field("reads");
  private static final VarHandle WRITES = field("writes");
  private static final VarHandle INPUT_BYTES = field("inputBytes");
  private static final VarHandle OUTPUT_BYTES = field("outputBytes");
  private static final VarHandle DATA_BYTES = field("dataBytes");
  private static final VarHandle TABLE_BYTES = field("tableBytes");
  private static final VarHandle MAPPED_BYTES = field("mappedBytes");
  private static final VarHandle EXPIRY_NANOS = field("expiryNanos");
  private static final VarHandle COMPACTION_NANOS = field("compactionNanos");
  private static final VarHandle UNFREED_KEYS = field("unfreedKeys");

  private final CommandStats commands;
  private long reads;
  private long writes;
  private long inputBytes;
  private long outputBytes;
  private long dataBytes;
  private long tableBytes;
  private long mappedBytes;
  private long expiryNanos;
  private long compactionNanos;
  private long unfreedKeys;

  ThreadStats(int commandRows) {
    commands = new CommandStats(commandRows);
  }

  public void onRead(long bytes) {
    reads++;
    inputBytes += bytes;
  }

  public void onWritten(long bytes) {
    writes++;
    outputBytes += bytes;
  }

  /// Notes what the shard's memory holds now and what its upkeep has done; each beat.
  void publish(ShardMemory memory, Upkeep upkeep) {
    expiryNanos = upkeep.expiryNanos();
    compactionNanos = upkeep.compactionNanos();
    unfreedKeys = upkeep.unfreedKeys();
    dataBytes = memory.used(MemoryUse.RECORD) + memory.used(MemoryUse.VALUE);
    tableBytes = memory.used() - dataBytes;
    mappedBytes = memory.mapped();
  }

  /// Forgets what CONFIG RESETSTAT forgets. On the owner's thread.
  void reset() {
    commands.reset();
    reads = 0;
    writes = 0;
    inputBytes = 0;
    outputBytes = 0;
  }

  /// Of each command.
  public CommandStats byCommand() {
    return commands;
  }

  /// Commands that have run; those that were refused are not among them.
  public long commands() {
    return commands.calls();
  }

  /// Reads from clients that brought something.
  public long reads() {
    return (long) READS.getOpaque(this);
  }

  /// Writes to clients.
  public long writes() {
    return (long) WRITES.getOpaque(this);
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

  /// Time that the deletion of expired keys took, as of the last beat.
  public long expiryNanos() {
    return (long) EXPIRY_NANOS.getOpaque(this);
  }

  /// Time that giving memory back took, as of the last beat.
  public long compactionNanos() {
    return (long) COMPACTION_NANOS.getOpaque(this);
  }

  /// Keys that are deleted and whose memory is still to be freed, as of the last beat.
  public long unfreedKeys() {
    return (long) UNFREED_KEYS.getOpaque(this);
  }

  private static VarHandle field(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(ThreadStats.class, name, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
