package io.pantala.server.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.db.StringValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.ValueType;
import io.pantala.core.text.Glob;
import io.pantala.core.text.IntText;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;
import java.util.Locale;

/// DEBUG subcommands that look into keys and tables.
final class DebugKeys {
  private static final byte[] TEXT_FORMAT = Errors.text("txt");
  private static final byte[] OUT_OF_RANGE = ErrorText.of("ERR Out of range database");

  /// Strings below these lengths have 1 and 2 bytes of length in a dump; longer ones 5.
  private static final int SHORT_LENGTH = 1 << 6;

  private static final int MEDIUM_LENGTH = 1 << 14;

  private DebugKeys() {}

  /// DEBUG OBJECT, in the form that tools parse. On the key's shard.
  static void object(ShardContext cx, Args args, Reply reply) {
    long slot = cx.db().find(cx.keyHash(), args.address(2), (int) args.length(2));
    if (slot == 0) {
      reply.error(ErrorText.NO_SUCH_KEY);
      return;
    }
    long record = DashTable.record(slot);
    String text =
        String.format(
            Locale.ROOT,
            "Value at:0x%x refcount:%d encoding:%s serializedlength:%d lru:%d lru_seconds_idle:%d",
            RecordLayout.valueAddress(record),
            ObjectCommands.references(record),
            new String(ValueType.encodingName(record), US_ASCII),
            dumpBytes(record),
            RecordLayout.accessClock(record),
            RecordLayout.idleSeconds(record, cx.nowMs()));
    reply.simple(Errors.text(text));
  }

  /// Bytes of the value in a dump without compression; of other types than strings, the bytes that
  /// hold it.
  private static long dumpBytes(long record) {
    long bytes = RecordLayout.valueLength(record);
    if (!StringValue.isString(record)) {
      return bytes;
    }
    if (StringValue.isInteger(record)) {
      long value = StringValue.integer(record);
      if (value == (int) value) {
        return value == (byte) value ? 2 : value == (short) value ? 3 : 5;
      }
      bytes = IntText.length(value);
    }
    return bytes + (bytes < SHORT_LENGTH ? 1 : bytes < MEDIUM_LENGTH ? 2 : 5);
  }

  /// The arguments of DEBUG STRINGMATCH-LEN: a pattern and a text; 1 if it matches, else 0.
  static void match(Connection client, Args args, Reply reply) {
    boolean matches =
        Glob.matches(args.address(2), args.length(2), args.address(3), args.length(3), false);
    reply.integer(matches ? 1 : 0);
  }

  /// One shard's part of DEBUG HTSTATS.
  static void table(ShardContext cx, Args args, ShardPart part) {
    long number = args.integer(2);
    if (number >= 0 && number < cx.shard().databaseCount()) {
      describe(cx, (int) number, part.bytes());
    }
  }

  private static void describe(ShardContext cx, int number, NativeBuffer out) {
    Database db = cx.shard().peek(number);
    long keys = db == null ? 0 : db.size();
    long bytes = db == null ? 0 : db.table().bytes();
    out.append(
        Errors.text(
            String.format(
                Locale.ROOT,
                """
                [Dash table of shard %d]
                 number of elements: %d
                 with a time to live: %d
                 table bytes: %d
                 table bytes per element: %.2f
                """,
                cx.shard().index(),
                keys,
                db == null ? 0 : db.expiring(),
                bytes,
                keys == 0 ? 0 : (double) bytes / keys)));
  }

  static void afterTable(Connection client, Args args, ShardPart[] parts, Reply reply) {
    long number = args.integer(2);
    if (!args.isInteger(2, number)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
    } else if (number < 0 || number >= client.thread().shard().databaseCount()) {
      reply.error(OUT_OF_RANGE);
    } else {
      try (NativeBuffer all = new NativeBuffer()) {
        for (ShardPart part : parts) {
          all.append(part.bytes().address(), part.bytes().position());
        }
        byte[] text = Mem.toArray(all.address(), (int) all.position());
        reply.verbatim(TEXT_FORMAT, text);
      }
    }
  }
}
