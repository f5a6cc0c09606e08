package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.client.MonitorFeed;
import io.pantala.server.shard.ThreadGather;

/// MONITOR: from its reply on the client is shown what all clients ask ([MonitorFeed]).
final class MonitorCommand {
  private MonitorCommand() {}

  static void register(CommandTable table) {
    table
        .row("MONITOR")
        .arity(1)
        .flags(ADMIN | NOSCRIPT | LOADING | STALE)
        .complexity("O(1); each request costs more while somebody watches")
        .summary("Shows the requests of all clients as they come, until RESET or the end.")
        .local(MonitorCommand::monitor);
  }

  /// A client that watches already gets no answer, as in redis-server.
  private static void monitor(Connection client, Args args, Reply reply) {
    if (client.state().isMonitor()) {
      return;
    }
    int home = client.thread().index();
    ThreadGather.start(
        client,
        thread -> {
          thread.monitorFeed().count(home, 1);
          return home;
        },
        answers -> {
          MonitorFeed feed = client.thread().monitorFeed();
          if (client.isClosed()) {
            feed.uncount();
          } else {
            feed.join(client);
            client.reply().ok();
          }
        });
  }
}
