package io.pantala.server.command;

/// The only list of command families.
public final class Families {
  private Families() {}

  /// The table of all commands.
  public static CommandTable table() {
    CommandTable table = new CommandTable();
    table.group("string").add(StringCommands::register);
    table.group("connection").add(ConnectionCommands::register).add(ClientCommands::register);
    table
        .group("server")
        .add(ServerCommands::register)
        .add(CommandCommands::register)
        .add(MemoryCommands::register)
        .add(DebugCommands::register);
    return table;
  }
}
