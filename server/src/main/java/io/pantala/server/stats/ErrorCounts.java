package io.pantala.server.stats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Error replies by their code, the first word. One thread adds, any reads and may be a little
/// late.
public final class ErrorCounts {
  /// Codes that are told apart; errors with further ones are in the total only.
  static final int CODES_MAX = 128;

  /// Longest code; an error whose first word is longer counts as `ERR`, as in redis-server.
  private static final int CODE_MAX_BYTES = 31;

  private static final byte[] ERR = "ERR".getBytes(ISO_8859_1);

  private static final VarHandle CODE = MethodHandles.arrayElementVarHandle(byte[][].class);
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

  private final byte[] @Nullable [] codes = new byte[CODES_MAX][];

  /// Of each code, and at the end of all errors.
  private final long[] counts = new long[CODES_MAX + 1];

  /// Counts an error reply, given without its leading '-'. On the owner's thread.
  void add(byte[] error) {
    counts[CODES_MAX]++;
    int length = codeLength(error);
    byte[] from = length == 0 ? ERR : error;
    int bytes = length == 0 ? ERR.length : length;
    for (int i = 0; i < CODES_MAX; i++) {
      byte[] code = codes[i];
      if (code == null) {
        CODE.setRelease(codes, i, Arrays.copyOf(from, bytes));
        counts[i] = 1;
        return;
      }
      if (Arrays.equals(code, 0, code.length, from, 0, bytes)) {
        counts[i]++;
        return;
      }
    }
  }

  /// Forgets everything. On the owner's thread.
  void reset() {
    Arrays.fill(counts, 0);
    Arrays.fill(codes, null);
  }

  /// All errors.
  public long total() {
    return (long) COUNT.getOpaque(counts, CODES_MAX);
  }

  /// Adds the counts to `sums`, by code.
  public void addTo(Map<String, Long> sums) {
    for (int i = 0; i < CODES_MAX; i++) {
      byte[] code = (byte[]) CODE.getAcquire(codes, i);
      if (code == null) {
        return;
      }
      sums.merge(new String(code, ISO_8859_1), (long) COUNT.getOpaque(counts, i), Long::sum);
    }
  }

  /// Bytes before the first space; 0 without one in reach.
  private static int codeLength(byte[] error) {
    for (int i = 0; i < Math.min(error.length, CODE_MAX_BYTES + 1); i++) {
      if (error[i] == ' ') {
        return i;
      }
    }
    return 0;
  }
}
