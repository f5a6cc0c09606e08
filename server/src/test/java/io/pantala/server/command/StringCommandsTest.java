package io.pantala.server.command;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.testing.Examples;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Examples of the commands that Redis 7.0 has; replies were checked against redis-server 7.0.15.
@ExtendWith(NativeMemoryCheck.class)
final class StringCommandsTest {
  private static final String SYNTAX = "syntax error";
  private static final String NOT_INTEGER = "value is not an integer or out of range";

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void setWithConditions(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("SET k v XX", "$-1|")
          .ok("SET k v NX")
          .says("SET k w NX", "$-1|")
          .says("SET k w NX GET", "$1|v|")
          .says("SET k w XX GET", "$1|v|")
          .says("GET k", "$1|w|")
          .says("SET new v NX GET", "$-1|")
          .says("GET new", "$1|v|")
          .says("SETNX k x", ":0|")
          .says("SETNX l x", ":1|")
          .says("GETSET l y", "$1|x|")
          .says("GETDEL l", "$1|y|")
          .says("GETDEL l", "$-1|")
          .says("GETSET l z", "$-1|")
          .fails("SET k v NX XX", SYNTAX)
          .fails("SET k v FOO", SYNTAX)
          .fails("SET k v PERSIST", SYNTAX)
          .fails("SET k v EX", SYNTAX);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void deadlines(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .ok("SET k v EX 10")
          .advanceClock(9_999)
          .says("GET k", "$1|v|")
          .advanceClock(1)
          .says("GET k", "$-1|")
          .ok("SET k 1 PX 100")
          .ok("SET k 2 KEEPTTL")
          .says("INCR k", ":3|")
          .says("APPEND k 0", ":2|")
          .says("SETRANGE k 0 4", ":2|")
          .says("INCRBYFLOAT k 0.5", "$4|40.5|")
          .advanceClock(100)
          .says("GET k", "$-1|")
          .ok("SETEX k 1 v")
          .ok("SET k w")
          .advanceClock(1000)
          .says("GET k", "$1|w|")
          .ok("PSETEX k 10 v")
          .says("GETEX k PERSIST", "$1|v|")
          .advanceClock(10)
          .says("GETEX k PX 5", "$1|v|")
          .advanceClock(5)
          .says("GETEX k", "$-1|")
          .ok("SET k v EXAT 1800000100")
          .says("GETEX k PXAT 1", "$1|v|")
          .says("GET k", "$-1|")
          .ok("SET k v PXAT 1800000000000")
          .says("GET k", "$-1|")
          .ok("SET k v EX 10 EX 20")
          .says("GETSET k w", "$1|v|")
          .advanceClock(20_000)
          .says("GET k", "$1|w|");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void wrongDeadlines(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .fails("SET k v EX 0", "invalid expire time in 'set' command")
          .fails("sEt k v EX -1", "invalid expire time in 'set' command")
          .fails("SET k v PX 9223372036854775807", "invalid expire time in 'set' command")
          .fails("SET k v EXAT 9223372036854776", "invalid expire time in 'set' command")
          .fails("SET k v EX x", NOT_INTEGER)
          .fails("SET k v EX 1 PX 1", SYNTAX)
          .fails("SET k v KEEPTTL EX 1", SYNTAX)
          .fails("SETEX k 0 v", "invalid expire time in 'setex' command")
          .fails("PSETEX k -1 v", "invalid expire time in 'psetex' command")
          .says("GETEX none EX 0", "$-1|")
          .ok("SET k v")
          .fails("GETEX k EX 0", "invalid expire time in 'getex' command")
          .fails("GETEX k EX 1 PERSIST", SYNTAX)
          .fails("GETEX k KEEPTTL", SYNTAX)
          .ok("SET k v PXAT 9223372036854775807");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void ranges(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("SETRANGE k 5 ''", ":0|")
          .says("STRLEN k", ":0|")
          .says("SETRANGE k 2 ab", ":4|")
          .says("GET k", "$4|\0\0ab|")
          .ok("SET k xxxxx")
          .ok("SET k ab")
          .says("SETRANGE k 4 c", ":5|")
          .says("GET k", "$5|ab\0\0c|")
          .ok("SET k 1234")
          .says("SETRANGE k 5 x", ":6|")
          .says("GET k", "$6|1234\0x|")
          .ok("SET k hello")
          .says("GETRANGE k 0 -100", "$1|h|")
          .says("GETRANGE k -100 -101", "$0||")
          .says("GETRANGE k 1 99", "$4|ello|")
          .says("SUBSTR k -3 -2", "$2|ll|")
          .says("GETRANGE k -9223372036854775808 9223372036854775807", "$5|hello|")
          .fails("GETRANGE k a 1", NOT_INTEGER)
          .fails("SETRANGE k -1 x", "offset is out of range")
          .fails(
              "SETRANGE k 536870911 ab", "string exceeds maximum allowed size (proto-max-bulk-len)")
          .fails(
              "SETRANGE k 9223372036854775807 a",
              "string exceeds maximum allowed size (proto-max-bulk-len)")
          .says("APPEND k _world", ":11|")
          .says("APPEND n 1", ":1|")
          .says("APPEND n 2", ":2|")
          .says("INCR n", ":13|")
          .says("PREPEND k oh_", ":14|")
          .says("GET k", "$14|oh_hello_world|")
          .says("PREPEND n -", ":3|")
          .says("DECR n", ":-14|")
          .says("PREPEND none 7", ":1|");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void growsFromEmbeddedToExternal(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      String text = "";
      examples.ok("SET k ''");
      for (int i = 1; i <= 60; i++) {
        text += "x".repeat(50);
        examples.says("APPEND k " + "x".repeat(50), ":" + 50 * i + "|");
      }
      examples.says("GET k", "$3000|" + text + "|").says("SETRANGE k 2999 y", ":3000|");
      examples.says("GETRANGE k 2998 -1", "$2|xy|").ok("SET k 1").says("INCR k", ":2|");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void counters(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("INCR k", ":1|")
          .says("DECRBY k 3", ":-2|")
          .says("INCRBY k 9223372036854775807", ":9223372036854775805|")
          .fails("INCRBY k 3", "increment or decrement would overflow")
          .fails("DECRBY k -9223372036854775808", "decrement would overflow")
          .fails("INCRBY k 1.5", NOT_INTEGER)
          .ok("SET k -9223372036854775808")
          .fails("DECR k", "increment or decrement would overflow")
          .says("INCR k", ":-9223372036854775807|")
          .ok("SET k 01")
          .fails("INCR k", NOT_INTEGER)
          .ok("SET k +1")
          .fails("INCR k", NOT_INTEGER)
          .says("INCRBYFLOAT k 1.25", "$4|2.25|")
          .fails("INCRBYFLOAT k x", "value is not a valid float")
          .fails("INCRBYFLOAT k inf", "increment would produce NaN or Infinity")
          .says("INCRBYFLOAT k 0.75", "$1|3|")
          .says("INCRBYFLOAT new 1e2", "$3|100|");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void severalKeys(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .ok("MSET a 1 b 2 c 3 a 4")
          .says("MGET a none b c", "*4|$1|4|$-1|$1|2|$1|3|")
          .fails("MSET a 1 b", "wrong number of arguments for 'mset' command")
          .fails("MSETNX a 1 b", "wrong number of arguments for 'msetnx' command")
          .says("MSETNX d 1 e 2 c 9 f 3", ":0|")
          .says("MGET d e c f", "*4|$-1|$-1|$1|3|$-1|")
          .says("MSETNX d 1 e 2 f 3 d 4", ":1|")
          .says("MGET d e f", "*3|$1|4|$1|2|$1|3|")
          .ok("SET a v PX 10")
          .ok("MSET a w")
          .advanceClock(10)
          .says("GET a", "$1|w|");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void longestCommonSubsequence(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .ok("MSET a ohmytext b mynewtext")
          .says("LCS a b", "$6|mytext|")
          .says("LCS a b LEN", ":6|")
          .says(
              "LCS a b IDX",
              "*4|$7|matches|*2|*2|*2|:4|:7|*2|:5|:8|*2|*2|:2|:3|*2|:0|:1|$3|len|:6|")
          .says(
              "LCS a b IDX MINMATCHLEN 4 WITHMATCHLEN",
              "*4|$7|matches|*1|*3|*2|:4|:7|*2|:5|:8|:4|$3|len|:6|")
          .says("LCS a none", "$0||")
          .says("LCS a a LEN", ":8|")
          .fails("LCS a b LEN IDX", "If you want both the length and indexes, please just use IDX.")
          .fails("LCS a b MINMATCHLEN", SYNTAX)
          .fails("LCS a b MINMATCHLEN x", NOT_INTEGER)
          .ok("MSET a 100123 b 2012")
          .says("LCS a b", "$3|012|")
          .ok("MSET a ab b ba")
          .says("LCS a b", "$1|b|");
    }
  }
}
