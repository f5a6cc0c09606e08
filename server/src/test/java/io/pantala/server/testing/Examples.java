package io.pantala.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Commands and the replies they get, each on one line: words are parted by spaces, `''` is an
/// empty one, and `|` stands for a line end of a reply.
public final class Examples implements AutoCloseable {
  /// Where the server's clock stands when the examples begin.
  public static final long START_MS = 1_800_000_000_000L;

  private final TestServer server;
  private final TestClient client;
  private final List<TestClient> onEachShard = new ArrayList<>();

  public Examples(int shards) throws IOException {
    server = TestServer.start(shards);
    for (int i = 0; i < shards; i++) {
      onEachShard.add(server.client());
    }
    client = onEachShard.getFirst();
    server.setClock(START_MS);
    lookAtClock();
  }

  /// Runs a command and compares its raw reply.
  public Examples says(String command, String reply) throws IOException {
    String[] words = command.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("''") ? "" : words[i];
    }
    assertThat(client.runRaw(words).replace("\r\n", "|")).as(command).isEqualTo(reply);
    return this;
  }

  /// Runs a command that answers OK.
  public Examples ok(String command) throws IOException {
    return says(command, "+OK|");
  }

  /// Runs a command that answers with an error; the text without its code ERR.
  public Examples fails(String command, String error) throws IOException {
    return says(command, "-ERR " + error + "|");
  }

  public Examples advanceClock(long ms) throws IOException {
    server.advanceClock(ms);
    lookAtClock();
    return this;
  }

  /// Makes every shard see the time: its thread looks at the clock when one of its own clients
  /// asks, and connections go to the shards in turn.
  private void lookAtClock() throws IOException {
    for (TestClient each : onEachShard) {
      each.runRaw("PING");
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
