package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.testing.Examples;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemoryCheck.class)
final class DebugCommandsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void looksAndAnswers(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .says("DEBUG STRINGMATCH-LEN a*c abc", ":1|")
          .says("DEBUG STRINGMATCH-LEN a*c abd", ":0|")
          .fails("DEBUG OBJECT key", "no such key")
          .says("DEBUG ERROR MINE:text", "-MINE:text|")
          .fails("DEBUG HTSTATS 16", "Out of range database")
          .ok("DEBUG LOG hello");
    }
  }

  @Test
  void describesTables() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      client.run("DEBUG", "POPULATE", "1000");
      assertThat((String) client.run("DEBUG", "HTSTATS", "0"))
          .containsPattern("\\[Dash table of shard 0]\n number of elements: [45]\\d\\d\n")
          .contains("[Dash table of shard 1]");
    }
  }

  @Test
  @Timeout(60)
  void stopsTheDeletionOfExpiredKeys() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      client.run("DEBUG", "SET-ACTIVE-EXPIRE", "0");
      client.run("SET", "key", "1", "PX", "1");
      client.run("DEBUG", "SLEEP", "0.3");
      assertThat(client.run("DBSIZE")).isEqualTo(1L);
      client.run("DEBUG", "SET-ACTIVE-EXPIRE", "1");
      while (!client.run("DBSIZE").equals(0L)) {
        Thread.onSpinWait();
      }
    }
  }
}
