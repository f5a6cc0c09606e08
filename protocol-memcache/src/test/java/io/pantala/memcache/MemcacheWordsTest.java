package io.pantala.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers as memcached reads them, and base64 against the JDK's.
final class MemcacheWordsTest {
  private static final long NONE = Numbers.NOT_A_NUMBER;

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "007,7",
    "+5,5",
    "-5,-5",
    "2147483647,2147483647",
    "2147483648,none",
    "'',none",
    "x,none",
    "5x,none",
    "'5 x',5",
    "' 5',5",
    "-,none",
    "99999999999999999999,none",
    "-2147483648,-2147483648"
  })
  void signedOf32Bits(String text, String expected) {
    long value = expected.equals("none") ? NONE : Long.parseLong(expected);
    assertThat(with(text, Numbers::int32)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"18446744073709551615", "0", "9223372036854775808", "12"})
  void unsignedOf64Bits(String text) {
    long value = Long.parseUnsignedLong(text);
    assertThat(with(text, Numbers::uint64)).isEqualTo(value);
    assertThat(with(text, (at, n) -> Numbers.isUint64(at, n) ? 1 : 0)).isOne();
    try (NativeBuffer out = new NativeBuffer()) {
      int length = Numbers.write(out.reserve(Numbers.UINT64_BYTES), value);
      assertThat(new String(Mem.toArray(out.address(), length), ISO_8859_1)).isEqualTo(text);
      assertThat(Numbers.length(value)).isEqualTo(length);
    }
  }

  @ParameterizedTest
  @CsvSource({"18446744073709551616", "-1", "''", "1a", "99999999999999999999"})
  void notUnsigned(String text) {
    assertThat(with(text, (at, n) -> Numbers.isUint64(at, n) ? 1 : 0)).isZero();
  }

  @Test
  void base64AsTheJdk() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[1 + random.nextInt(60)];
      random.nextBytes(bytes);
      String text = Base64.getEncoder().encodeToString(bytes);
      try (NativeBuffer buffer = new NativeBuffer()) {
        buffer.append(bytes);
        int length = Base64Text.encodedLength(bytes.length);
        long to = buffer.reserve(length);
        Base64Text.encode(buffer.address(), bytes.length, to);
        assertThat(new String(Mem.toArray(to, length), ISO_8859_1)).isEqualTo(text);
        assertThat(Base64Text.decode(to, length)).isEqualTo(bytes.length);
        assertThat(Mem.toArray(to, bytes.length)).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"a", "ab", "abc", "'ab c'", "a=bc"})
  void notBase64(String text) {
    assertThat(with(text, (at, n) -> Base64Text.decode(at, (int) n))).isZero();
  }

  private interface Reading {
    long of(long address, long length);
  }

  private static long with(String text, Reading reading) {
    try (NativeBuffer buffer = new NativeBuffer()) {
      buffer.append(text.getBytes(ISO_8859_1));
      return reading.of(buffer.reserve(1) - text.length(), text.length());
    }
  }
}
