package io.pantala.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    PrintStream outText = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errText = new PrintStream(err, true, StandardCharsets.UTF_8);
    return LoadCommand.run(new LoadCommand(outText, errText, false), args);
  }

  @ParameterizedTest
  @CsvSource({
    "--port, --port=0",
    "--clients, --clients=0",
    "--clients, -c 60001",
    "--threads, --threads=-1",
    "--pipeline, --pipeline=0",
    "--data-size, -d 0",
    "--ratio, --ratio=1",
    "--ratio, --ratio=0:0",
    "--ratio, --ratio=a:1",
    "--key-pattern, --key-pattern=R",
    "--key-pattern, --key-pattern=R:Z",
    "--key-maximum, --key-minimum=5 --key-maximum=4",
    "--key-width, --key-width=20",
    "--expiry-range, --expiry-range=5-1",
    "--expiry-range, --expiry-range=0-1",
    "--expiry-range, --expiry-range=1-2 --mset=2",
    "--protocol, --protocol=http",
    "--requests, --requests=some",
    "--requests, --requests=0",
    "--test-time, --requests=1 --test-time=1",
    "--test-time, --test-time=0",
    "--rate-limiting, --rate-limiting=0",
    "--ratio, --command=PING --ratio=1:1",
    "--command-ratio, --command=PING --command-ratio=0",
    "--command, --command=__key__",
    "--command, --command=GET_'a",
    "--mset, --protocol=memcache_text --mset=2",
    "--command, --protocol=memcache_text --command=PING",
    "--authenticate, --protocol=memcache_text -a secret",
    "--print-percentiles, --print-percentiles=101",
    "--no-such-option, --no-such-option",
    "--clients, --clients=many",
  })
  void badOptionsAreNamed(String named, String args) {
    assertThat(run(args.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("load: ").contains(named);
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
  }

  @Test
  void noServerIsAFailureThatSaysSo() {
    assertThat(run("-s", "127.0.0.1", "-p", "1", "-t", "1", "-c", "2", "-n", "1")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).containsIgnoringCase("refused");
  }

  @Test
  void helpListsTheOptions() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty(); // picocli writes to System.out
  }
}
