package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.ClientLine;
import io.pantala.server.client.ClientType;
import io.pantala.server.client.Connection;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ThreadGather;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// CLIENT LIST and KILL: the connections of all threads. Each thread looks at its own.
final class ClientListCommands {
  private static final int FLAGS = ADMIN | NOSCRIPT | LOADING | STALE;
  private static final long ID = Keyword.of("ID");
  private static final long TYPE = Keyword.of("TYPE");
  private static final byte[] TEXT_FORMAT = Errors.text("txt");
  private static final byte[] BAD_ID = ErrorText.of("ERR Invalid client ID");
  private static final byte[] NO_SUCH_CLIENT = ErrorText.of("ERR No such client");

  /// Arguments of the form `CLIENT KILL ip:port`.
  private static final int OLD_KILL = 3;

  private ClientListCommands() {}

  static void register(CommandTable subcommands) {
    subcommands
        .row("LIST")
        .arity(-2)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .tips("nondeterministic_output")
        .syntax(
            "[TYPE (normal_master_replica_pubsub@5.0.0=NORMAL|MASTER|REPLICA|PUBSUB)]"
                + " [ID (id@6.2.0=client-id:integer [client-id:integer ...])]")
        .since("2.4.0")
        .changed("2.8.12", "Added the field `id`.")
        .changed("5.0.0", "Added the option TYPE.")
        .changed("6.0.0", "Added the field `user`.")
        .changed("6.2.0", "Added `argv-mem`, `tot-mem`, `laddr`, `redir` and the option ID.")
        .changed("7.0.0", "Added `resp`, `multi-mem`, `rbs` and `rbp`.")
        .changed("7.0.3", "Added `ssub`.")
        .complexity("O(N log N) where N is the number of connections")
        .summary("Describes the connections.")
        .local(ClientListCommands::list);
    subcommands
        .row("KILL")
        .arity(-3)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .syntax(
            "(filter=address|(new-format=ID client-id:integer@2.8.12"
                + "|TYPE (type@2.8.12=NORMAL|MASTER@3.2.0|SLAVE|REPLICA@5.0.0|PUBSUB)"
                + "|USER username|ADDR address|LADDR address@6.2.0|SKIPME yes-no"
                + "|MAXAGE seconds@7.4.0 ...))")
        .since("2.4.0")
        .changed("2.8.12", "Added the form with options.")
        .changed("2.8.12", "Added the option ID.")
        .changed("3.2.0", "Added the type `master`.")
        .changed("5.0.0", "Added the type `replica`, which is also called `slave`.")
        .changed("6.2.0", "Added the option LADDR.")
        .changed("7.4.0", "Added the option MAXAGE.")
        .complexity("O(N) where N is the number of connections")
        .summary("Closes connections.")
        .local(ClientListCommands::kill);
  }

  private static void list(Connection client, Args args, Reply reply) {
    if (args.count() == 2) {
      describe(client, null, null);
    } else if (args.count() == 4 && args.keyword(2) == TYPE) {
      ClientType type = ClientType.of(args, 3);
      if (type == null) {
        reply.error(ClientFilter.unknownType(args, 3));
      } else {
        describe(client, type, null);
      }
    } else if (args.count() > 3 && args.keyword(2) == ID) {
      listIds(client, args, reply);
    } else {
      reply.error(ErrorText.SYNTAX);
    }
  }

  private static void listIds(Connection client, Args args, Reply reply) {
    List<Long> ids = new ArrayList<>();
    for (int i = 3; i < args.count(); i++) {
      long id = args.integer(i);
      if (!args.isInteger(i, id)) {
        reply.error(BAD_ID);
        return;
      }
      ids.add(id);
    }
    describe(client, null, ids);
  }

  /// Answers with a line for each client of a type (null: any): those with these ids in their
  /// order, or all in the order of their ids.
  private static void describe(
      Connection client, @Nullable ClientType type, @Nullable List<Long> ids) {
    ThreadGather.start(
        client,
        thread -> lines(thread, type),
        answers -> {
          Map<Long, String> lines = new TreeMap<>();
          answers.forEach(lines::putAll);
          StringBuilder text = new StringBuilder();
          for (long id : ids == null ? lines.keySet() : ids) {
            String line = lines.get(id);
            if (line != null) {
              text.append(line).append('\n');
            }
          }
          client.reply().verbatim(TEXT_FORMAT, Errors.text(text.toString()));
        });
  }

  private static Map<Long, String> lines(ShardThread thread, @Nullable ClientType type) {
    long nowMs = thread.shard().clock().nowMs();
    Map<Long, String> lines = new TreeMap<>();
    for (Connection each : thread.connections()) {
      if (type == null || type == ClientType.of(each)) {
        lines.put(each.state().id(), ClientLine.of(each, nowMs));
      }
    }
    return lines;
  }

  private static void kill(Connection client, Args args, Reply reply) {
    boolean old = args.count() == OLD_KILL;
    ClientFilter filter =
        old ? ClientFilter.from(args.string(2)) : ClientFilter.parse(client, args, reply);
    if (filter != null) {
      ThreadGather.start(
          client,
          thread -> kill(thread, filter, client),
          killed -> answer(client, old, killed.stream().mapToInt(Integer::intValue).sum()));
    }
  }

  /// Closes the clients of a thread that are meant, but the caller after the reply to it only.
  private static int kill(ShardThread thread, ClientFilter filter, Connection caller) {
    int killed = 0;
    for (Connection each : List.copyOf(thread.connections())) {
      if (filter.matches(each, thread.shard().clock().nowMs())) {
        killed++;
        if (each == caller) {
          caller.closeAfterReplies();
        } else {
          each.close();
        }
      }
    }
    return killed;
  }

  private static void answer(Connection client, boolean old, int killed) {
    Reply reply = client.reply();
    if (!old) {
      reply.integer(killed);
    } else if (killed > 0) {
      reply.ok();
    } else {
      reply.error(NO_SUCH_CLIENT);
    }
  }
}
