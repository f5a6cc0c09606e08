package io.pantala.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.RespReply;
import io.pantala.server.client.ClientState;
import io.pantala.server.client.Entrance;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.command.CommandTable;
import io.pantala.server.command.Families;
import io.pantala.server.config.LiveSettings;
import io.pantala.server.config.ServerConfig;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
final class CommandTimerTest {
  private final CommandTable table = Families.table();
  private final CommandSpec get = Objects.requireNonNull(table.find("get"));
  private final CommandSpec mget = Objects.requireNonNull(table.find("mget"));
  private final CommandStats stats = new CommandStats(table.rows().size());
  private final SlowWatch watch = new SlowWatch(new LiveSettings(ServerConfig.defaults()), () -> 0);
  private final CommandTimer timer = new CommandTimer(stats, watch);
  private final NativeBuffer out = new NativeBuffer();
  private final RespReply reply = new RespReply(out);
  private final ClientState client = new ClientState(1, 0, "peer", "local", Entrance.MAIN, true);
  private final Args args = new Args();

  @AfterEach
  void close() {
    out.close();
  }

  private void call(CommandSpec spec) {
    timer.enter(spec, reply);
    reply.ok();
    timer.leave(args, client, reply);
  }

  @Test
  void countsRunsWhole() {
    timer.begin();
    for (int i = 0; i < 40; i++) {
      call(get);
    }
    call(mget);
    call(mget);
    call(get);
    timer.end();
    assertThat(stats.calls(get)).isEqualTo(41);
    assertThat(stats.calls(mget)).isEqualTo(2);
    assertThat(stats.calls()).isEqualTo(43);
    assertThat(stats.nanos(get)).isPositive();
    LatencyHistogram latency = new LatencyHistogram();
    stats.addLatency(get, latency);
    assertThat(latency.count()).isEqualTo(41);
  }

  /// A transaction that concludes lets waiting requests run in the midst of a client's.
  @Test
  void losesNothingToRequestsInTheMidst() {
    timer.begin();
    call(get);
    call(get);
    timer.begin();
    call(mget);
    call(get);
    timer.end();
    call(get);
    timer.end();
    assertThat(stats.calls(get)).isEqualTo(4);
    assertThat(stats.calls(mget)).isEqualTo(1);
  }

  @Test
  void chargesAnErrorToItsCommand() {
    reply.error(ErrorText.SYNTAX);
    timer.begin();
    call(get);
    timer.enter(mget, reply);
    reply.error(ErrorText.WRONG_TYPE);
    timer.leave(args, client, reply);
    call(get);
    timer.end();
    assertThat(stats.failed(get)).isZero();
    assertThat(stats.failed(mget)).isEqualTo(1);
    assertThat(stats.errors().total()).isEqualTo(1);
  }
}
