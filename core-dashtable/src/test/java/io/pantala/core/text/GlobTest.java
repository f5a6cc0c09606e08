package io.pantala.core.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(NativeMemoryCheck.class)
final class GlobTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "*,a,true",
        "**,abc,true",
        "a*,a,true",
        "*a,ba,true",
        "*a,ab,false",
        "a*b*c,a--b--b--c,true",
        "a*b*c,a--b--b--,false",
        "?,a,true",
        "?,ab,false",
        "h[ae]llo,hello,true",
        "h[ae]llo,hillo,false",
        "h[^e]llo,hallo,true",
        "h[^e]llo,hello,false",
        "h[a-c]llo,hbllo,true",
        "h[c-a]llo,hbllo,true",
        "h[a-c]llo,hdllo,false",
        "h[a,ha,true",
        "h[a,hb,false",
        "h[^,hb,true",
        "h[,hb,false",
        "h[],h],false",
        "h[a-],ha,true",
        "h[a-],h-,false",
        "h[\\]]llo,h]llo,true",
        "h[\\-a]llo,h-llo,true",
        "h\\*llo,h*llo,true",
        "h\\*llo,hxllo,false",
        "h\\,h\\,true",
        "h\\[a],h[a],true",
        "a^b,a^b,true",
        "*[a-c]?,xxbz,true",
        "*[a-c]?,xxbzz,false",
      })
  void matchesAsRedisDoes(String pattern, String text, boolean expected) {
    assertThat(matches(pattern, text, false)).isEqualTo(expected);
  }

  @Test
  void emptyTextMatchesTheEmptyPatternOnly() {
    assertThat(matches("", "", false)).isTrue();
    assertThat(matches("*", "", false)).isFalse();
    assertThat(matches("", "a", false)).isFalse();
  }

  @Test
  void rangesCompareSignedBytes() {
    assertThat(matches("[a-\u00ff]", "b", false)).isFalse();
    assertThat(matches("[a-\u00ff]", "A", false)).isTrue();
    assertThat(matches("[\u0080-\u0090]", "\u0085", false)).isTrue();
  }

  @Test
  void ignoresCaseOfAsciiLettersOnDemand() {
    assertThat(matches("HeL*[X-Z]", "hElloy", true)).isTrue();
    assertThat(matches("HeL*[X-Z]", "hElloy", false)).isFalse();
    assertThat(matches("\u00e4", "\u00c4", true)).isFalse();
  }

  @Test
  void manyStarsDoNotMultiplyTheWork() {
    assertThat(matches("*a".repeat(2_000) + "b", "a".repeat(20_000), false)).isFalse();
  }

  /// Against the definition: a star takes nothing, or one byte more.
  @Test
  void agreesWithTheDefinition() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    String[] elements = {"a", "b", "c", "?", "*", "*", "[ab]", "[^a]", "[b-c]", "\\*", "\\a"};
    for (int i = 0; i < 100_000; i++) {
      StringBuilder pattern = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        pattern.append(elements[random.nextInt(elements.length)]);
      }
      StringBuilder text = new StringBuilder();
      for (int n = 1 + random.nextInt(8); n > 0; n--) {
        text.append("abc*".charAt(random.nextInt(4)));
      }
      assertThat(matches(pattern.toString(), text.toString(), false))
          .as("seed %s: %s on %s", seed, pattern, text)
          .isEqualTo(defined(pattern.toString(), text.toString()));
    }
  }

  private static boolean defined(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    if (pattern.charAt(0) == '*') {
      return defined(pattern.substring(1), text)
          || (!text.isEmpty() && defined(pattern, text.substring(1)));
    }
    if (text.isEmpty()) {
      return false;
    }
    char c = text.charAt(0);
    String rest = text.substring(1);
    return switch (pattern.charAt(0)) {
      case '?' -> defined(pattern.substring(1), rest);
      case '\\' -> c == pattern.charAt(1) && defined(pattern.substring(2), rest);
      case '[' -> {
        String set = pattern.substring(0, pattern.indexOf(']') + 1);
        boolean isIn =
            switch (set) {
              case "[ab]" -> c == 'a' || c == 'b';
              case "[^a]" -> c != 'a';
              default -> c == 'b' || c == 'c';
            };
        yield isIn && defined(pattern.substring(set.length()), rest);
      }
      default -> c == pattern.charAt(0) && defined(pattern.substring(1), rest);
    };
  }

  private static boolean matches(String pattern, String text, boolean ignoreCase) {
    try (NativeBuffer bytes = new NativeBuffer()) {
      bytes.append((pattern + text).getBytes(ISO_8859_1));
      long at = bytes.address();
      return Glob.matches(at, pattern.length(), at + pattern.length(), text.length(), ignoreCase);
    }
  }
}
