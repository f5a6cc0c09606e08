package io.pantala.server.command;

/// The only list of command families.
public final class Families {
  private Families() {}

  /// The table of all commands.
  public static CommandTable table() {
    CommandTable table = new CommandTable();
    table
        .group("string")
        .add(StringCommands::register)
        .add(StringRangeCommands::register)
        .add(CounterCommands::register)
        .add(MultiStringCommands::register)
        .add(ComparisonCommands::register)
        .add(LcsCommand::register);
    table.group("connection").add(ConnectionCommands::register);
    return table;
  }
}
