package io.pantala.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pantala.core.memory.NativeBuffer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against real servers where they are installed.
@Timeout(60)
final class LoadRoundTripTest {
  private final List<Process> started = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    assertThat(NativeBuffer.allBytes()).isZero();
  }

  /// Starts a server on a free port, or skips the test where it is not installed.
  private int server(String program, String... more) throws IOException, InterruptedException {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean installed =
        Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(p -> new File(p, program).canExecute());
    if (!installed) {
      System.err.println("skipped: " + program + " is not installed");
    }
    assumeThat(installed).as(program + " is installed").isTrue();
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(program, "-p", "" + port));
    if (program.startsWith("redis")) {
      command.set(1, "--port");
    }
    command.addAll(List.of(more));
    started.add(
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start());
    awaitPort(port);
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(int port) throws InterruptedException {
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException notYet) {
        Thread.sleep(5);
      }
    }
  }

  private int load(int port, String... args) {
    List<String> all = new ArrayList<>(List.of("-s", "127.0.0.1", "-p", "" + port));
    all.addAll(List.of(args));
    LoadCommand command =
        new LoadCommand(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return LoadCommand.run(command, all.toArray(String[]::new));
  }

  private JsonNode totals(Path json) throws IOException {
    return new ObjectMapper().readTree(json.toFile()).at("/ALL STATS/Totals");
  }

  private int redis(String... more) throws IOException, InterruptedException {
    List<String> args = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
    args.addAll(List.of(more));
    return server("redis-server", args.toArray(String[]::new));
  }

  @Test
  void fillsAndReadsEveryKey() throws IOException, InterruptedException {
    int port = redis();
    Path json = directory.resolve("out.json");
    String[] shape = {"-t", "2", "-c", "3", "--pipeline", "7", "--key-maximum", "999", "-d", "300"};
    assertThat(load(port, with(shape, "--ratio=1:0", "-n", "allkeys", "--key-pattern=P:P")))
        .as(err.toString(StandardCharsets.UTF_8))
        .isZero();
    assertThat(
            load(
                port,
                with(
                    shape,
                    "--protocol=resp3",
                    "--ratio=0:1",
                    "-n",
                    "500",
                    "--json-out-file=" + json)))
        .isZero();
    JsonNode totals = totals(json);
    assertThat(totals.get("Count").asLong()).isEqualTo(3000);
    assertThat(totals.get("Hits/sec").asDouble()).isPositive();
    assertThat(totals.get("Misses/sec").asDouble()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("ops/s", "p99.9 ms", "latency in ms");
  }

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void bigValuesPassInPieces() throws IOException, InterruptedException {
    int port = redis();
    String[] args = {"-t", "1", "-c", "2", "-n", "12", "--pipeline", "4", "-d", "3000000", "-R"};
    assertThat(load(port, with(args, "--ratio=1:1", "--key-maximum=3"))).isZero();
  }

  @Test
  void errorsAndWrongRepliesFail() throws IOException, InterruptedException {
    int port = redis();
    String[] args = {"-t", "1", "-c", "1", "-n", "10", "--hide-histogram"};
    assertThat(load(port, with(args, "--command", "LPUSH only __data__"))).isZero();
    assertThat(load(port, with(args, "--command", "GET only"))).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("10 error replies, the first: GET: WRONGTYPE");
  }

  @Test
  void greetsWithPasswordAndDatabase() throws IOException, InterruptedException {
    int port = redis("--requirepass", "secret");
    String[] args = {"-t", "1", "-c", "2", "-n", "10", "--ratio=1:0", "--hide-histogram"};
    assertThat(load(port, args)).isEqualTo(1);
    assertThat(load(port, with(args, "-a", "wrong"))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("refuses the connection: WRONGPASS");
    assertThat(load(port, with(args, "-a", "default:secret", "--select-db=3"))).isZero();
    assertThat(load(port, with(args, "-a", "secret", "--select-db=99"))).isEqualTo(1);
  }

  @Test
  void aRateIsKept() throws IOException, InterruptedException {
    int port = redis();
    Path json = directory.resolve("out.json");
    String[] args = {"-t", "1", "-c", "4", "-n", "50", "--rate-limiting=100"};
    assertThat(load(port, with(args, "--json-out-file=" + json))).isZero();
    assertThat(totals(json).get("Ops/sec").asDouble()).isLessThan(450);
    assertThat(totals(json).get("Count").asLong()).isEqualTo(200);
  }

  @Test
  void aServerThatStopsIsAFailure() throws IOException, InterruptedException {
    int port = redis();
    assertThat(load(port, "-t", "2", "-c", "2", "--command", "SHUTDOWN NOSAVE")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("load: ");
  }

  @Test
  void memcached() throws IOException, InterruptedException {
    int port = server("memcached", "-U", "0", "-l", "127.0.0.1", "-u", "root");
    Path json = directory.resolve("out.json");
    String[] args = {"--protocol=memcache_text", "-t", "1", "-c", "3", "--key-maximum=99"};
    assertThat(load(port, with(args, "--ratio=1:0", "-n", "allkeys", "--key-pattern=P:P")))
        .isZero();
    assertThat(
            load(
                port,
                with(
                    args,
                    "--ratio=0:1",
                    "--multi-key-get=5",
                    "--pipeline=3",
                    "-n",
                    "60",
                    "--json-out-file=" + json)))
        .isZero();
    assertThat(totals(json).get("Misses/sec").asDouble()).isZero();
    assertThat(totals(json).get("Count").asLong()).isEqualTo(180);
    assertThat(Files.size(json)).isPositive();
  }
}
