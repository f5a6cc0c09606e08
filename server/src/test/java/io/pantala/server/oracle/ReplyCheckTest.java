package io.pantala.server.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplyCheckTest {
  @ParameterizedTest
  @CsvSource({
    "GET, $1~a~, $1~a~, true",
    "GET, $1~a~, $1~b~, false",
    "TTL, :100~, :101~, true",
    "TTL, :100~, :200~, false",
    "TTL, :-1~, :0~, false",
    "TTL, :-2~, :-1~, false",
    "PTTL, :100000~, :100900~, true",
    "PTTL, :100000~, :200000~, false",
    "TTL, :100~, -ERR x~, false",
    "KEYS, *2~$1~a~$1~b~, *2~$1~b~$1~a~, true",
    "KEYS, *2~$1~a~$1~b~, *2~$1~b~$1~b~, false",
    "KEYS, *0~, -ERR x~, false",
    "RANDOMKEY, $1~a~, $1~b~, true",
    "RANDOMKEY, $1~a~, $-1~, false",
    "RANDOMKEY, $3~not~, $1~a~, false",
    "TIME, *2~$1~1~$1~2~, *2~$1~3~$1~4~, true",
    "TIME, *1~$1~1~, *2~$1~3~$1~4~, false"
  })
  void sameOrNot(String command, String ours, String theirs, boolean same) {
    Request request = Request.of(command, "x");
    String our = ours.replace("~", "\r\n");
    String their = theirs.replace("~", "\r\n");
    assertThat(ReplyCheck.isSame(request, our, their)).isEqualTo(same);
  }
}
