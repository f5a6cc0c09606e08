package io.pantala.server.stats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ErrorCountsTest {
  private final ErrorCounts errors = new ErrorCounts();

  @Test
  void goesByTheFirstWord() {
    add("ERR syntax error");
    add("ERR no such key");
    add("WRONGTYPE Operation against a key");
    add("nospace");
    add("x".repeat(32) + " is too long for a code");
    assertThat(sums()).isEqualTo(Map.of("ERR", 4L, "WRONGTYPE", 1L));
    assertThat(errors.total()).isEqualTo(5);
    errors.reset();
    assertThat(sums()).isEmpty();
    assertThat(errors.total()).isZero();
  }

  @Test
  void countsFurtherCodesInTheTotalOnly() {
    for (int i = 0; i < ErrorCounts.CODES_MAX + 10; i++) {
      add("CODE" + i + " text");
    }
    assertThat(sums()).hasSize(ErrorCounts.CODES_MAX);
    assertThat(errors.total()).isEqualTo(ErrorCounts.CODES_MAX + 10);
  }

  private void add(String error) {
    errors.add(error.getBytes(ISO_8859_1));
  }

  private Map<String, Long> sums() {
    Map<String, Long> sums = new TreeMap<>();
    errors.addTo(sums);
    return sums;
  }
}
