package io.pantala.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pantala.core.memory.NativeBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // every \r\n counts here: a text block hides it
final class ReplyScannerTest {
  private record Seen(char type, int values, String error) {}

  private final NativeBuffer buffer = new NativeBuffer();

  @AfterEach
  void free() {
    buffer.close();
    assertThat(NativeBuffer.allBytes()).isZero();
  }

  private List<Seen> scan(ReplyScanner scanner, String text, int... cuts) {
    buffer.clear();
    buffer.append(text.getBytes(StandardCharsets.ISO_8859_1));
    List<Seen> seen = new ArrayList<>();
    int from = 0;
    for (int cut = 0; cut <= cuts.length; cut++) {
      int to = cut == cuts.length ? text.length() : cuts[cut];
      scanPiece(scanner, buffer.address() + from, buffer.address() + to, seen);
      from = to;
    }
    return seen;
  }

  private static void scanPiece(ReplyScanner scanner, long from, long end, List<Seen> seen) {
    long at = from;
    while (at < end) {
      at = scanner.scan(at, end);
      if (scanner.complete()) {
        String error = scanner.isError() ? scanner.errorText() : "";
        seen.add(new Seen((char) scanner.type(), scanner.values(), error));
      }
    }
    assertThat(at).isEqualTo(end);
  }

  /// Whole, cut once at every byte, and byte by byte: always the same.
  private void checkAllSplits(Supplier<ReplyScanner> scanners, String text, List<Seen> expected) {
    assertThat(scan(scanners.get(), text)).isEqualTo(expected);
    int[] everywhere = new int[text.length() - 1];
    for (int cut = 1; cut < text.length(); cut++) {
      assertThat(scan(scanners.get(), text, cut)).as("cut at %d", cut).isEqualTo(expected);
      everywhere[cut - 1] = cut;
    }
    assertThat(scan(scanners.get(), text, everywhere)).isEqualTo(expected);
  }

  @Test
  void resp2Replies() {
    checkAllSplits(
        RespScanner::new,
        "+OK\r\n$5\r\nab\r\nc\r\n$-1\r\n$0\r\n\r\n:-12\r\n-ERR no\r\n+OK\r\n+QUEUED\r\n",
        List.of(
            new Seen('+', 0, ""),
            new Seen('$', 1, ""),
            new Seen('$', 0, ""),
            new Seen('$', 1, ""),
            new Seen(':', 0, ""),
            new Seen('-', 0, "ERR no"),
            new Seen('+', 0, ""),
            new Seen('+', 0, "")));
  }

  @Test
  void arrays() {
    checkAllSplits(
        RespScanner::new,
        "*3\r\n$1\r\na\r\n$-1\r\n$2\r\nbc\r\n*0\r\n*-1\r\n"
            + "*2\r\n*2\r\n$1\r\nx\r\n*0\r\n+y\r\n*1\r\n-WRONGTYPE z\r\n",
        List.of(
            new Seen('*', 2, ""),
            new Seen('*', 0, ""),
            new Seen('*', 0, ""),
            new Seen('*', 0, ""),
            new Seen('*', 0, "WRONGTYPE z")));
  }

  @Test
  void resp3Replies() {
    checkAllSplits(
        RespScanner::new,
        "_\r\n#t\r\n,1.5\r\n(123\r\n=7\r\ntxt:abc\r\n!6\r\nERR no\r\n~1\r\n:1\r\n%1\r\n+a\r\n$1\r\nb\r\n",
        List.of(
            new Seen('_', 0, ""),
            new Seen('#', 0, ""),
            new Seen(',', 0, ""),
            new Seen('(', 0, ""),
            new Seen('=', 1, ""),
            new Seen('!', 0, "ERR no"),
            new Seen('~', 0, ""),
            new Seen('%', 1, "")));
  }

  @Test
  void pushesAreNoRepliesAndAttributesBelongToTheNext() {
    checkAllSplits(
        RespScanner::new,
        ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n|1\r\n+ttl\r\n:5\r\n$1\r\nv\r\n"
            + "*1\r\n|1\r\n+a\r\n:1\r\n$1\r\nw\r\n",
        List.of(new Seen('$', 1, ""), new Seen('*', 1, "")));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> scan(new RespScanner(), "HTTP/1.1 400\r\n"))
        .isInstanceOf(BadReply.class)
        .hasMessageContaining("0x48");
    assertThatThrownBy(() -> scan(new RespScanner(), "$1x\r\n")).isInstanceOf(BadReply.class);
    assertThatThrownBy(() -> scan(new RespScanner(), "*1\r\n".repeat(40)))
        .isInstanceOf(BadReply.class)
        .hasMessageContaining("nested");
    assertThatThrownBy(() -> scan(new MemcacheScanner(), "VALUE k\r\n"))
        .isInstanceOf(BadReply.class);
    assertThatThrownBy(() -> scan(new MemcacheScanner(), "\r\n")).isInstanceOf(BadReply.class);
  }

  @Test
  void longErrorsAreCut() {
    List<Seen> seen = scan(new RespScanner(), "-" + "e".repeat(1000) + "\r\n");
    assertThat(seen.getFirst().error()).hasSize(ReplyScanner.ERROR_TEXT_BYTES);
  }

  @Test
  void memcacheReplies() {
    checkAllSplits(
        MemcacheScanner::new,
        "STORED\r\nEND\r\nVALUE k 0 5\r\nab\r\nc\r\nVALUE END 1 0 77\r\n\r\nEND\r\n"
            + "SERVER_ERROR out of memory\r\nERROR\r\nNOT_STORED\r\n",
        List.of(
            new Seen('S', 0, ""),
            new Seen('E', 0, ""),
            new Seen('E', 2, ""),
            new Seen('S', 0, "SERVER_ERROR out of memory"),
            new Seen('E', 0, "ERROR"),
            new Seen('N', 0, "")));
  }
}
