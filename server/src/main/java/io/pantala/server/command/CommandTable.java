package io.pantala.server.command;

import io.pantala.resp.Args;
import io.pantala.resp.Keyword;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All commands by name: open addressing over names packed into three words, found without a
/// string. Built at start, then immutable; any thread.
public final class CommandTable {
  /// Longest name that [#find] knows.
  public static final int NAME_MAX = 24;

  private static final int CAPACITY = 1024;

  private final Map<String, CommandSpec> byName = new LinkedHashMap<>();

  /// All rows by their ids, subcommands included; shared with the tables of these.
  private final List<CommandSpec> rows;

  private final long[] names = new long[CAPACITY * 3];
  private final @Nullable CommandSpec[] specs = new CommandSpec[CAPACITY];
  private final String prefix;
  private String group = "";

  public CommandTable() {
    this("", new ArrayList<>());
  }

  /// A table of its own whose rows are numbered with those of this one, so that both can be counted
  /// in one place: for another protocol's commands. To be filled before the threads are made.
  ///
  /// @param namePrefix what the names of its rows begin with where both are listed
  public CommandTable beside(String namePrefix) {
    return new CommandTable(namePrefix, rows);
  }

  private CommandTable(String prefix, List<CommandSpec> rows) {
    this.prefix = prefix;
    this.rows = rows;
  }

  /// The rows that follow belong to `value`, a group of COMMAND DOCS.
  public CommandTable group(String value) {
    group = value;
    return this;
  }

  /// Adds the rows of a family.
  public CommandTable add(Consumer<CommandTable> family) {
    family.accept(this);
    return this;
  }

  public CommandRow row(String name) {
    return new CommandRow(this, prefix + name.toLowerCase(Locale.ROOT), group);
  }

  /// The command that argument `i` names, in any case, or null.
  public @Nullable CommandSpec find(Args args, int i) {
    long length = args.length(i);
    if (length > NAME_MAX || length == 0) {
      return null;
    }
    long a = args.keyword(i, 0);
    long b = length > 8 ? args.keyword(i, 8) : 0;
    long c = length > 16 ? args.keyword(i, 16) : 0;
    for (int at = slot(a, b, c); ; at = (at + 1) & (CAPACITY - 1)) {
      CommandSpec spec = specs[at];
      if (spec == null) {
        return null;
      }
      if (names[at * 3] == a && names[at * 3 + 1] == b && names[at * 3 + 2] == c) {
        return spec;
      }
    }
  }

  /// The command that the arguments from `i` on name, a container's subcommand if they go on with
  /// one; null when there is none.
  public @Nullable CommandSpec resolve(Args args, int i) {
    CommandSpec spec = find(args, i);
    CommandTable subs = spec == null ? null : spec.subcommands();
    return subs == null || i + 1 == args.count() ? spec : subs.find(args, i + 1);
  }

  /// For the cold path: a name in any case, a subcommand as `container|sub`.
  public @Nullable CommandSpec find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int bar = lower.indexOf('|');
    if (bar < 0 || !prefix.isEmpty()) {
      return byName.get(lower);
    }
    CommandSpec container = byName.get(lower.substring(0, bar));
    CommandTable subs = container == null ? null : container.subcommands();
    return subs == null ? null : subs.byName.get(lower);
  }

  /// Every row, those of subcommands too, by [CommandSpec#id].
  public List<CommandSpec> rows() {
    return rows;
  }

  /// In the order of the families.
  public Collection<CommandSpec> all() {
    return byName.values();
  }

  void add(CommandRow row, CommandBody body) {
    put(new CommandSpec(rows.size(), row, body, null));
  }

  CommandTable addContainer(CommandRow row, CommandBody body) {
    CommandTable subs = new CommandTable(row.name() + "|", rows);
    subs.group = row.group();
    put(new CommandSpec(rows.size(), row, body, subs));
    return subs;
  }

  private void put(CommandSpec spec) {
    String name = spec.name().substring(prefix.length()).toUpperCase(Locale.ROOT);
    if (name.length() > NAME_MAX || byName.put(spec.name(), spec) != null) {
      throw new IllegalStateException("command name too long or given twice: " + spec.name());
    }
    long a = Keyword.of(name, 0);
    long b = Keyword.of(name, 8);
    long c = Keyword.of(name, 16);
    int i = slot(a, b, c);
    while (specs[i] != null) {
      i = (i + 1) & (CAPACITY - 1);
    }
    names[i * 3] = a;
    names[i * 3 + 1] = b;
    names[i * 3 + 2] = c;
    specs[i] = spec;
    rows.add(spec);
  }

  private static int slot(long a, long b, long c) {
    long mixed = (a ^ Long.rotateLeft(b, 23) ^ Long.rotateLeft(c, 41)) * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 54) & (CAPACITY - 1);
  }
}
