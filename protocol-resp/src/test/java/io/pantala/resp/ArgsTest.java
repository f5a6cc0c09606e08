package io.pantala.resp;

import static io.pantala.resp.LiveRedis.latin1;
import static io.pantala.resp.LiveRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.text.IntText;
import org.junit.jupiter.api.Test;

final class ArgsTest {
  private final Args args = new Args();

  @Test
  void keywordsOfEveryLength() {
    String word = "WithScores12-{z}~";
    for (int length = 0; length <= word.length(); length++) {
      String text = word.substring(0, length);
      try (Block _ = parse(request(text))) {
        String upper = upperCase(text);
        assertThat(args.is(0, latin1(upper))).isTrue();
        assertThat(args.is(0, latin1(upper + "X"))).isFalse();
        assertThat(args.keyword(0))
            .isEqualTo(length == 0 || length > 8 ? Args.NO_KEYWORD : Keyword.of(upper));
        assertThat(args.keyword(0, 8)).isEqualTo(Keyword.of(upper, 8));
      }
    }
  }

  private static String upperCase(String text) {
    StringBuilder upper = new StringBuilder();
    text.chars().forEach(c -> upper.append((char) (c >= 'a' && c <= 'z' ? c - 32 : c)));
    return upper.toString();
  }

  @Test
  void shortKeywordsAtTheStartOfTheRequest() {
    for (String word : new String[] {"p", "Get", "EXPIREAT"}) {
      try (Block _ = parse(latin1(word + "\n"))) {
        assertThat(args.keyword(0)).isEqualTo(Keyword.of(upperCase(word)));
      }
    }
  }

  @Test
  void onlyLettersChangeCase() {
    for (int c = 0; c < 256; c++) {
      int upper = c >= 'a' && c <= 'z' ? c - 32 : c;
      for (int shift = 0; shift < 64; shift += 8) {
        long others = 0xff_80_7b_61_60_00_7f_7aL & ~(0xffL << shift);
        long expectedOthers = 0xff_80_7b_41_60_00_7f_5aL & ~(0xffL << shift);
        assertThat(Args.upper(others | (long) c << shift))
            .isEqualTo(expectedOthers | (long) upper << shift);
      }
    }
  }

  @Test
  void integers() {
    try (Block _ = parse(request("12", "x", "-9223372036854775808", "-5"))) {
      assertThat(args.integer(0)).isEqualTo(12);
      assertThat(args.integer(1)).isEqualTo(IntText.NOT_A_NUMBER);
      assertThat(args.isInteger(1, args.integer(1))).isFalse();
      assertThat(args.isInteger(2, args.integer(2))).isTrue();
      assertThat(args.integer(2)).isEqualTo(Long.MIN_VALUE);
      assertThat(args.integer(3)).isEqualTo(-5);
    }
  }

  @Test
  void travelsByOneCopy() {
    String[] many = new String[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = "argument" + i;
    }
    Args first = new Args();
    Args second = new Args();
    try (NativeBuffer buffer = new NativeBuffer()) {
      try (Block _ = parse(request(many))) {
        args.copyTo(buffer, first);
      }
      assertThat(first.base()).isEqualTo(buffer.address());
      assertThat(first.string(42)).isEqualTo("argument42");
      try (Block _ = parse(request("GET", "key"))) {
        args.copyTo(buffer, second);
        args.begin(0);
      }
      assertThat(second.base()).isEqualTo(buffer.address() + first.bytes());
      buffer.reserve(1 << 20);
      second.rebase(buffer.address() + first.bytes());
      first.rebase(buffer.address());
      assertThat(first.count()).isEqualTo(100);
      assertThat(first.string(99)).isEqualTo("argument99");
      assertThat(second.string(1)).isEqualTo("key");
      assertThat(second.prefix(0, 2)).isEqualTo("GE");
      assertThat(buffer.position()).isEqualTo(first.bytes() + second.bytes());
    }
    assertThat(NativeBuffer.allBytes()).isZero();
  }

  private Block parse(byte[] request) {
    Block block = new Block(request, 'a');
    long used = new RequestParser().parse(block.address(), block.length(), args);
    assertThat(used).isEqualTo(request.length);
    return block;
  }
}
