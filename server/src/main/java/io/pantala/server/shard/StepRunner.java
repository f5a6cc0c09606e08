package io.pantala.server.shard;

import io.pantala.core.memory.MemoryExhausted;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.command.CommandBody;
import io.pantala.server.command.Errors;
import io.pantala.server.command.KeyRefs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a step so that nothing that it throws goes further than the client's reply.
public final class StepRunner {
  private static final Logger log = LoggerFactory.getLogger(StepRunner.class);

  private StepRunner() {}

  /// Shard's thread.
  public static void run(CommandBody.ShardStep step, ShardContext cx, Args args, Reply reply) {
    long start = reply.mark();
    try {
      step.run(cx, args, reply);
    } catch (Throwable cause) {
      answer(cause, start, reply);
    }
  }

  /// Shard's thread: a command over keys that are all here.
  public static void run(
      CommandBody.PerKey body, ShardContext cx, Args args, KeyRefs keys, Reply reply) {
    long start = reply.mark();
    try {
      PerKeySteps.runHere(body, cx, args, keys, reply);
    } catch (Throwable cause) {
      answer(cause, start, reply);
    }
  }

  /// Takes back what was written of a reply and answers with an error instead.
  public static void answer(Throwable cause, long start, Reply reply) {
    reply.takeBack(start);
    if (cause instanceof MemoryExhausted) {
      reply.error(ErrorText.OUT_OF_MEMORY);
      return;
    }
    log.error("a command failed", cause);
    reply.error(Errors.INTERNAL);
  }
}
