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
    table
        .group("generic")
        .add(KeyCommands::register)
        .add(ExpireCommands::register)
        .add(RenameCommands::register)
        .add(ScanCommands::register)
        .add(ObjectCommands::register);
    table.group("connection").add(ConnectionCommands::register).add(ClientCommands::register);
    table
        .group("server")
        .add(ServerCommands::register)
        .add(DatabaseCommands::register)
        .add(MonitorCommand::register)
        .add(CommandCommands::register)
        .add(MemoryCommands::register)
        .add(ConfigCommands::register)
        .add(SlowLogCommands::register)
        .add(LatencyCommands::register)
        .add(AclCommands::register)
        .add(DebugCommands::register)
        .add(LolwutCommand::register);
    return table;
  }
}
