package io.pantala.server.command;

import java.util.ArrayList;
import java.util.List;

/// All rows of the server's table, subcommands included, for tests.
final class CommandRows {
  private CommandRows() {}

  static List<CommandSpec> all() {
    List<CommandSpec> rows = new ArrayList<>();
    for (CommandSpec spec : Families.table().all()) {
      rows.add(spec);
      rows.addAll(spec.subcommandRows());
    }
    return rows;
  }

  /// The words that name a row: `client`, `getname`.
  static List<String> words(CommandSpec row) {
    return List.of(row.name().split("\\|", -1));
  }
}
