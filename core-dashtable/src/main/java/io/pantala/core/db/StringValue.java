package io.pantala.core.db;

import io.pantala.core.memory.Mem;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.StringEncoding;
import io.pantala.core.record.ValueType;
import io.pantala.core.text.IntText;

/// The string held by a record, read and written through static functions. Owner: the shard's
/// thread.
public final class StringValue {
  private static final int INTEGER_KIND =
      ValueType.kind(StringEncoding.TYPE, StringEncoding.INT);

  private StringValue() {}

  public static boolean isString(long record) {
    return RecordLayout.type(record) == StringEncoding.TYPE;
  }

  public static boolean isInteger(long record) {
    return RecordLayout.kind(record) == INTEGER_KIND;
  }

  /// The value of an INT record.
  public static long integer(long record) {
    assert isInteger(record);
    return Mem.getLong(RecordLayout.valueField(record));
  }

  public static void setInteger(long record, long value) {
    assert isInteger(record);
    Mem.putLong(RecordLayout.valueField(record), value);
  }

  /// Bytes of the string as clients see it.
  public static int length(long record) {
    return isInteger(record) ? IntText.length(integer(record)) : RecordLayout.valueLength(record);
  }

  /// The address of the string's text: the stored bytes, or the digits written to `scratch`, which
  /// has room for [IntText#MAX_BYTES] bytes.
  public static long text(long record, long scratch) {
    if (isInteger(record)) {
      IntText.write(scratch, integer(record));
      return scratch;
    }
    return RecordLayout.valueAddress(record);
  }
}
