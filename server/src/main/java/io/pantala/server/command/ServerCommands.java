package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.ALLOW_BUSY;
import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.NO_MULTI;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.info.InfoReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The server as a whole: its time, its figures, its end.
final class ServerCommands {
  private static final long NOSAVE = Keyword.of("NOSAVE");
  private static final long SAVE = Keyword.of("SAVE");
  private static final long NOW = Keyword.of("NOW");
  private static final long FORCE = Keyword.of("FORCE");
  private static final long ABORT = Keyword.of("ABORT");

  private static final byte[] TEXT_FORMAT = Errors.text("txt");
  private static final byte[] NO_SHUTDOWN = ErrorText.of("ERR No shutdown in progress.");
  private static final byte[] NO_SNAPSHOTS =
      ErrorText.of(
          "ERR SHUTDOWN SAVE: this server has no snapshots to save;"
              + " SHUTDOWN NOSAVE ends it without");

  private ServerCommands() {}

  static void register(CommandTable table) {
    table
        .row("TIME")
        .arity(1)
        .flags(LOADING | STALE | FAST)
        .tips("nondeterministic_output")
        .since("2.6.0")
        .complexity("O(1)")
        .summary("Returns the server's time.")
        .local(ServerCommands::time);
    table
        .row("INFO")
        .arity(-1)
        .flags(LOADING | STALE)
        .acl(AclCategory.DANGEROUS)
        .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
        .syntax("[section ...]")
        .changed("7.0.0", "Takes several sections.")
        .complexity("O(1)")
        .summary("Returns figures of the server.")
        .local(ServerCommands::info);
    table
        .row("ROLE")
        .arity(1)
        .flags(NOSCRIPT | LOADING | STALE | FAST)
        .acl(AclCategory.ADMIN | AclCategory.DANGEROUS)
        .since("2.8.12")
        .complexity("O(1)")
        .summary("Returns the server's part in replication.")
        .local(ServerCommands::role);
    table
        .row("LASTSAVE")
        .arity(1)
        .flags(LOADING | STALE | FAST)
        .acl(AclCategory.ADMIN | AclCategory.DANGEROUS)
        .tips("nondeterministic_output")
        .complexity("O(1)")
        .summary("Returns when the data was last saved; before that, when the server started.")
        .local(
            (client, args, reply) -> reply.integer(client.thread().shards().life().startedAtS()));
    table
        .row("SHUTDOWN")
        .arity(-1)
        .flags(ADMIN | NOSCRIPT | LOADING | STALE | NO_MULTI | ALLOW_BUSY)
        .syntax("[nosave_save=NOSAVE|SAVE] [NOW@7.0.0] [FORCE@7.0.0] [ABORT@7.0.0]")
        .changed("7.0.0", "Added `NOW`, `FORCE` and `ABORT`.")
        .complexity("O(1)")
        .summary("Ends the server.")
        .local(ServerCommands::shutdown);
  }

  private static void time(Connection client, Args args, Reply reply) {
    Instant now = Instant.now();
    reply.array(2);
    reply.bulkInteger(now.getEpochSecond());
    reply.bulkInteger(TimeUnit.NANOSECONDS.toMicros(now.getNano()));
  }

  /// A master without replicas at the start of its history.
  private static void role(Connection client, Args args, Reply reply) {
    reply.array(3);
    reply.bulk(Errors.text("master"));
    reply.integer(0);
    reply.emptyArray();
  }

  private static void info(Connection client, Args args, Reply reply) {
    List<String> sections = new ArrayList<>();
    for (int i = 1; i < args.count(); i++) {
      sections.add(args.string(i));
    }
    String text = new InfoReport(client.thread().shards()).text(sections);
    reply.verbatim(TEXT_FORMAT, Errors.text(text));
  }

  /// There is no reply when it succeeds: the connection ends.
  private static void shutdown(Connection client, Args args, Reply reply) {
    boolean save = false;
    boolean noSave = false;
    boolean force = false;
    boolean abort = false;
    for (int i = 1; i < args.count(); i++) {
      long option = args.keyword(i);
      save |= option == SAVE;
      noSave |= option == NOSAVE;
      force |= option == FORCE;
      abort |= option == ABORT;
      if (option != SAVE
          && option != NOSAVE
          && option != FORCE
          && option != ABORT
          && option != NOW) {
        reply.error(ErrorText.SYNTAX);
        return;
      }
    }
    if ((save && noSave) || (abort && args.count() > 2)) {
      reply.error(ErrorText.SYNTAX);
    } else if (abort) {
      reply.error(NO_SHUTDOWN);
    } else if (save && !force) {
      reply.error(NO_SNAPSHOTS);
    } else {
      client.closeAfterReplies();
      client.thread().shards().life().requestStop();
    }
  }
}
