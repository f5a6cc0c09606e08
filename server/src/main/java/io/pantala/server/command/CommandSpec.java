package io.pantala.server.command;

import io.pantala.resp.Args;
import io.pantala.server.shard.HopSteps;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One row of the command table: all that the server knows of a command. Immutable, any thread.
public final class CommandSpec {
  /// The kinds of [CommandBody], for a switch on the hot path.
  public enum Kind {
    ON_SHARD,
    PER_KEY,
    PER_SHARD,
    HOPS,
    LOCAL,
    CONTAINER
  }

  private final int id;
  private final CommandRow row;
  private final CommandBody body;
  private final Kind kind;
  private final int categories;
  private final KeySpec[] keySpecs;
  private final boolean isSubcommand;
  private final boolean isBrief;
  private final int soleKey;
  private final int leadKey;
  private final boolean writesSoleKey;
  private final @Nullable HopSteps hopSteps;
  private final @Nullable CommandTable subcommands;

  CommandSpec(int id, CommandRow row, CommandBody body, @Nullable CommandTable subcommands) {
    this.id = id;
    this.row = row;
    this.body = body;
    this.subcommands = subcommands;
    this.kind = body.kind();
    this.hopSteps = body.hopSteps();
    this.categories = AclCategory.implied(row.flags(), row.categories());
    this.isSubcommand = row.name().indexOf('|') >= 0;
    this.isBrief =
        (row.isBrief() || (row.flags() & CommandFlag.FAST) != 0)
            && (kind == Kind.ON_SHARD || kind == Kind.LOCAL);
    this.keySpecs = row.keys().toArray(KeySpec[]::new);
    this.soleKey = soleKey(row.keys());
    this.leadKey =
        row.keys().isEmpty() || row.keys().getFirst().isCounted()
            ? 0
            : row.keys().getFirst().index();
    this.writesSoleKey = soleKey != 0 && row.keys().getFirst().writes();
  }

  /// The row's place in [CommandTable#rows]: counters of commands are arrays.
  public int id() {
    return id;
  }

  /// Lower case; a subcommand's is `container|sub`.
  public String name() {
    return row.name();
  }

  public boolean isSubcommand() {
    return isSubcommand;
  }

  /// Whether a call takes a time that follows from the bytes of its request and its reply, so that
  /// small calls need not be timed one by one.
  public boolean isBrief() {
    return isBrief;
  }

  /// Number of arguments with the name, or minus the least number.
  public int arity() {
    return row.arity();
  }

  public boolean acceptsCount(int count) {
    int arity = row.arity();
    return arity >= 0 ? count == arity : count >= -arity;
  }

  public int flags() {
    return row.flags();
  }

  public boolean has(int flag) {
    return (row.flags() & flag) != 0;
  }

  public int categories() {
    return categories;
  }

  public List<KeySpec> keys() {
    return row.keys();
  }

  public CommandRow row() {
    return row;
  }

  public CommandBody body() {
    return body;
  }

  public Kind kind() {
    return kind;
  }

  /// How the command runs as a transaction; not for commands of one shard or none.
  public HopSteps hopSteps() {
    return Objects.requireNonNull(hopSteps);
  }

  /// The subcommands of a container, which may also run without one.
  public @Nullable CommandTable subcommands() {
    return subcommands;
  }

  /// The rows of [#subcommands]; none for a command that is no container.
  public Collection<CommandSpec> subcommandRows() {
    return subcommands == null ? List.of() : subcommands.all();
  }

  /// The argument that is the only key of every call, or 0: the common case needs no search.
  public int soleKey() {
    return soleKey;
  }

  /// The argument that is the first key of every call that has one, or 0.
  public int leadKey() {
    return leadKey;
  }

  /// Whether the command may write its sole key.
  public boolean writesSoleKey() {
    return writesSoleKey;
  }

  /// Finds the keys of a request; false when its arguments contradict the row.
  public boolean findKeys(Args args, KeyRefs keys) {
    keys.clear();
    for (int i = 0; i < keySpecs.length; i++) {
      if (!keySpecs[i].find(args, keys)) {
        return false;
      }
    }
    return true;
  }

  /// The legacy range that COMMAND replies: first key, last key, step; zeros without keys.
  public int firstKey() {
    return isRange() ? row.keys().getFirst().index() : 0;
  }

  public int lastKey() {
    if (!isRange()) {
      return 0;
    }
    KeySpec last = row.keys().getLast();
    return last.last() < 0 ? last.last() : last.index() + last.last();
  }

  public int keyStep() {
    return isRange() ? row.keys().getFirst().step() : 0;
  }

  private boolean isRange() {
    return !row.keys().isEmpty() && row.keys().stream().noneMatch(KeySpec::isCounted);
  }

  private static int soleKey(List<KeySpec> keys) {
    if (keys.size() != 1 || keys.getFirst().isCounted() || keys.getFirst().last() != 0) {
      return 0;
    }
    return keys.getFirst().index();
  }
}
