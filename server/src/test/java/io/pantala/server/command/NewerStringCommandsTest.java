package io.pantala.server.command;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.testing.Examples;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Examples of what is newer than Redis 7.0, after the documentation of Redis 8.8 and Valkey 9.
@ExtendWith(NativeMemoryCheck.class)
final class NewerStringCommandsTest {
  private static final String SYNTAX = "syntax error";
  private static final String HELLO = "9555e8555c62dcfd";
  private static final String BAD_DIGEST = "must be exactly 16 hexadecimal characters";

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void setComparesValues(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("SET k w IFEQ hello", "$-1|")
          .says("GET k", "$-1|")
          .ok("SET k hello IFNE hello")
          .says("SET k w IFNE hello", "$-1|")
          .says("SET k w IFEQ hell", "$-1|")
          .says("SET k w IFEQ other GET", "$5|hello|")
          .says("SET k 12345 ifeq hello GET EX 10", "$5|hello|")
          .ok("SET k x IFEQ 12345 KEEPTTL")
          .advanceClock(10_000)
          .says("GET k", "$-1|")
          .says("SET k w IFNE x GET", "$-1|")
          .says("GET k", "$1|w|")
          .fails("SET k w IFEQ", SYNTAX)
          .fails("SET k w IFEQ w NX", SYNTAX)
          .fails("SET k w XX IFNE w", SYNTAX)
          .fails("SET k w IFEQ w IFDNE w", SYNTAX)
          .fails("GETEX k IFEQ w", SYNTAX);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void setComparesDigests(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("SET k w IFDEQ short", "$-1|")
          .ok("SET k hello IFDNE short")
          .says("DIGEST k", "$16|" + HELLO + "|")
          .says("SET k w IFDNE " + HELLO, "$-1|")
          .says("SET k w IFDEQ 0000000000000000 GET", "$5|hello|")
          .fails("SET k w IFDEQ 555e8555c62dcfd", BAD_DIGEST)
          .fails("SET k w IFDNE 0" + HELLO + " GET", BAD_DIGEST)
          .says("SET k w IFDEQ ZZZZZZZZZZZZZZZZ", "$-1|")
          .ok("SET k 12345 IFDEQ 9555E8555C62DCFD")
          .says("DIGEST k", "$16|f34099ede96b5581|")
          .says("DIGEST none", "$-1|");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void deletesByComparison(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .ok("SET k hello")
          .says("DELEX none IFNE x", ":0|")
          .says("DELEX none IFDEQ short", ":0|")
          .says("DELEX k IFEQ x", ":0|")
          .says("DELEX k IFNE hello", ":0|")
          .fails("DELEX k IFDEQ short", BAD_DIGEST)
          .fails("DELEX k NX hello", "Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE")
          .fails("DELEX k IFEQ", "wrong number of arguments for 'delex' command")
          .fails("DELEX k IFEQ a b", "wrong number of arguments for 'delex' command")
          .says("DELEX k IFDNE " + HELLO, ":0|")
          .says("DELEX k IFDEQ " + HELLO, ":1|")
          .says("DELEX k", ":0|")
          .ok("SET k -999")
          .says("DELEX k IFEQ -999", ":1|")
          .ok("SET k 1")
          .says("DELEX k", ":1|")
          .ok("SET k hello")
          .says("DELIFEQ k hell", ":0|")
          .says("DELIFEQ k hello", ":1|")
          .says("DELIFEQ k hello", ":0|");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void setsSeveralKeysWithADeadline(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("MSETEX 3 a 1 b 2 c 3 EX 10", ":1|")
          .says("MSETEX 2 d 4 a 9 NX", ":0|")
          .says("MSETEX 2 d 4 a 9 XX", ":0|")
          .says("MGET a d", "*2|$1|1|$-1|")
          .says("MSETEX 2 a 7 b 8 XX KEEPTTL", ":1|")
          .says("MSETEX 1 c 9", ":1|")
          .advanceClock(10_000)
          .says("MGET a b c", "*3|$-1|$-1|$1|9|")
          .says("MSETEX 3 a 1 b 2 d 3 NX PX 5", ":1|")
          .says("MSETEX 2 a 1 b 2 EXAT 1", ":1|")
          .says("MGET a b d", "*3|$-1|$-1|$1|3|")
          .fails("MSETEX 0 a 1", "invalid numkeys value")
          .fails("MSETEX x a 1", "invalid numkeys value")
          .fails("MSETEX 2147483648 a 1", "invalid numkeys value")
          .fails("MSETEX 1 a 1 FOO", SYNTAX)
          .fails("MSETEX 2 a 1 b 2 NX XX", SYNTAX)
          .fails("MSETEX 2 a 1 b 2 EX 1 KEEPTTL", SYNTAX)
          .fails("MSETEX 2 a 1 b 2 GET", SYNTAX)
          .fails("MSETEX 2 a 1 b 2 EX 0", "invalid expire time in 'msetex' command")
          .fails("MSETEX 2 a 1 b 2 EX x", "value is not an integer or out of range")
          .says("MGET a b", "*2|$-1|$-1|");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countsWithinBounds(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("INCREX k", "*2|:1|:1|")
          .says("INCREX k BYINT 10 UBOUND 10", "*2|:1|:0|")
          .says("INCREX k BYINT 10 UBOUND 10 SATURATE", "*2|:10|:9|")
          .says("INCREX k BYINT -5 LBOUND 8", "*2|:10|:0|")
          .says("INCREX k BYINT 5 UBOUND 5 SATURATE", "*2|:5|:-5|")
          .says("INCREX none UBOUND 0", "*2|:0|:0|")
          .says("GET none", "$-1|")
          .says("INCREX new LBOUND 5 SATURATE", "*2|:5|:5|")
          .ok("SET k 9223372036854775800")
          .says("INCREX k BYINT 8", "*2|:9223372036854775800|:0|")
          .says("INCREX k BYINT 8 SATURATE", "*2|:9223372036854775807|:7|")
          .fails(
              "INCREX k BYINT -5 UBOUND -9223372036854775808 SATURATE",
              "applied increment would overflow")
          .fails("INCREX k LBOUND 2 UBOUND 1", "LBOUND can't be greater than UBOUND")
          .fails("INCREX k BYINT 1.5", "Increment is not an integer or out of range")
          .fails("INCREX k LBOUND x", "LBOUND is not an integer or out of range")
          .fails("INCREX k UBOUND 1.5", "UBOUND is not an integer or out of range")
          .ok("SET k abc")
          .fails("INCREX k", "value is not an integer or out of range")
          .fails("INCREX k BYINT 1 BYFLOAT 1", SYNTAX)
          .fails("INCREX k SATURATE SATURATE", SYNTAX)
          .fails("INCREX k UBOUND", SYNTAX)
          .fails("INCREX k EX 1 EX 1", SYNTAX)
          .fails("INCREX k KEEPTTL", SYNTAX);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countsFractionsWithinBounds(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("INCREX k BYFLOAT 1.5", "*2|$3|1.5|$3|1.5|")
          .says("INCREX k BYFLOAT 10 UBOUND 5.5", "*2|$3|1.5|$1|0|")
          .says("INCREX k BYFLOAT 10 UBOUND 5.5 SATURATE", "*2|$3|5.5|$1|4|")
          .says("INCREX k BYFLOAT -9 LBOUND 0.25 SATURATE", "*2|$4|0.25|$5|-5.25|")
          .says("INCREX k BYFLOAT 1 UBOUND inf LBOUND -inf", "*2|$4|1.25|$1|1|")
          .fails("INCREX k BYFLOAT 1 LBOUND inf", "LBOUND can't be greater than UBOUND")
          .fails(
              "INCREX k BYFLOAT 1 LBOUND inf UBOUND inf SATURATE",
              "applied increment would be Infinity")
          .fails("INCREX k BYFLOAT inf", "increment would produce NaN or Infinity")
          .fails("INCREX k BYFLOAT x", "Increment is not a valid float")
          .fails("INCREX k BYFLOAT 1 LBOUND x", "LBOUND is not a valid float")
          .fails("INCREX k BYFLOAT 1 UBOUND x", "UBOUND is not a valid float")
          .fails("INCREX k BYINT 1", "value is not an integer or out of range")
          .ok("SET k abc")
          .fails("INCREX k BYFLOAT 1", "value is not a valid float")
          .ok("SET k 1.1e4932")
          .fails(
              "INCREX k BYFLOAT 1.1e4932 UBOUND inf SATURATE",
              "applied increment would be Infinity")
          .says("INCREX none BYFLOAT 1.1e4932 UBOUND 7 SATURATE", "*2|$1|7|$1|7|");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countsAndEnds(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("INCREX k EX 10 ENX", "*2|:1|:1|")
          .advanceClock(9_000)
          .says("INCREX k EX 10 ENX", "*2|:2|:1|")
          .says("INCREX k UBOUND 2 EX 10", "*2|:2|:0|")
          .says("INCREX k", "*2|:3|:1|")
          .advanceClock(1_000)
          .says("INCREX k PX 10", "*2|:1|:1|")
          .says("INCREX k PERSIST BYINT 2", "*2|:3|:2|")
          .advanceClock(10)
          .says("INCREX k PX 5 UBOUND 3 SATURATE", "*2|:3|:0|")
          .says("INCREX k EXAT 1 ENX", "*2|:4|:1|")
          .says("GET k", "$1|4|")
          .says("INCREX k EXAT 1", "*2|:5|:1|")
          .says("GET k", "$-1|")
          .says("INCREX k PXAT 1 BYFLOAT 0.5", "*2|$3|0.5|$3|0.5|")
          .says("GET k", "$-1|")
          .fails("INCREX k ENX", "ENX flag requires an expiration")
          .fails("INCREX k ENX PERSIST", SYNTAX)
          .fails("INCREX k PERSIST ENX", SYNTAX)
          .fails("INCREX k EX 0", "invalid expire time in 'increx' command")
          .fails("INCREX k EX x", "value is not an integer or out of range");
    }
  }
}
