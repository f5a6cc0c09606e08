package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.StringDigest;
import io.pantala.core.db.StringValue;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.shard.ShardContext;

/// Strings: deleting a key if its value compares, and digests to compare with.
final class ComparisonCommands {
  private static final byte[] DELEX_WRONG_TYPE =
      Errors.text("ERR Key should be of string type if conditions are specified");
  private static final byte[] DELEX_CONDITION =
      Errors.text("ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE");
  private static final byte[] DELEX_ARITY = ErrorText.wrongArity("delex");

  private ComparisonCommands() {}

  static void register(CommandTable table) {
    table
        .row("DELEX")
        .arity(-2)
        .flags(WRITE | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RW | KeySpec.DELETE | KeySpec.VARIABLE_FLAGS))
        .syntax(
            "key [condition=IFEQ ifeq-value|IFNE ifne-value|IFDEQ ifdeq-digest"
                + "|IFDNE ifdne-digest]")
        .since("8.4.0")
        .complexity("O(N) where N is the length of the value; O(1) without a condition")
        .summary("Deletes a key if its string value, or that value's digest, compares.")
        .onShard(ComparisonCommands::delEx);
    table
        .row("DELIFEQ")
        .arity(3)
        .flags(WRITE)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RW | KeySpec.ACCESS | KeySpec.DELETE))
        .syntax("key value")
        .since("9.0.0")
        .complexity("O(N) where N is the length of the value")
        .summary("Deletes a key if its string value is the one given.")
        .onShard(ComparisonCommands::delIfEq);
    table
        .row("DIGEST")
        .arity(2)
        .flags(READONLY | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RO | KeySpec.ACCESS))
        .syntax("key")
        .since("8.4.0")
        .complexity("O(N) where N is the length of the value")
        .summary("Returns the XXH3 digest of a key's string value as hexadecimal text.")
        .onShard(ComparisonCommands::digest);
  }

  private static void delEx(ShardContext cx, Args args, Reply reply) {
    if (args.count() != 2 && args.count() != 4) {
      reply.error(DELEX_ARITY);
      return;
    }
    long slot = StringCommands.edit(cx, args, 1);
    if (slot == 0) {
      reply.integer(0);
    } else if (args.count() == 2) {
      delete(cx, slot, reply);
    } else if (!StringValue.isString(DashTable.record(slot))) {
      reply.error(DELEX_WRONG_TYPE);
    } else {
      int comparison = SetOptions.comparisonOption(args.keyword(2));
      if (comparison == 0) {
        reply.error(DELEX_CONDITION);
      } else {
        deleteIf(cx, args, comparison, slot, reply);
      }
    }
  }

  private static void delIfEq(ShardContext cx, Args args, Reply reply) {
    long slot = StringCommands.edit(cx, args, 1);
    if (slot == 0) {
      reply.integer(0);
    } else if (!StringValue.isString(DashTable.record(slot))) {
      reply.error(ErrorText.WRONG_TYPE);
    } else {
      deleteIf(cx, args, SetOptions.IFEQ, slot, reply);
    }
  }

  /// Compares the value with the last argument.
  private static void deleteIf(ShardContext cx, Args args, int comparison, long slot, Reply reply) {
    int operand = args.count() - 1;
    long scratch = cx.scratch().address();
    int verdict = StringConditions.test(comparison, args, operand, DashTable.record(slot), scratch);
    switch (verdict) {
      case StringConditions.MET -> delete(cx, slot, reply);
      case StringConditions.BAD_DIGEST -> reply.error(StringConditions.BAD_DIGEST_TEXT);
      default -> reply.integer(0);
    }
  }

  private static void delete(ShardContext cx, long slot, Reply reply) {
    cx.db().delete(cx.keyHash(), slot);
    reply.integer(1);
  }

  private static void digest(ShardContext cx, Args args, Reply reply) {
    long slot = StringCommands.read(cx, args, 1);
    if (slot == 0) {
      reply.nil();
      return;
    }
    long record = DashTable.record(slot);
    if (!StringValue.isString(record)) {
      reply.error(ErrorText.WRONG_TYPE);
      return;
    }
    long scratch = cx.scratch().address();
    long text = StringValue.text(record, scratch);
    StringDigest.write(scratch, StringDigest.of(text, StringValue.length(record)));
    reply.bulk(scratch, StringDigest.TEXT_BYTES);
  }
}
