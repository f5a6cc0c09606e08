package io.pantala.server.command;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.server.shard.HopSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A row as it is written in a family file:
/// `table.row("GETDEL").arity(2)….onShard(Family::getDel)`. The last call, which names the body,
/// puts it into the table.
public final class CommandRow {
  private final CommandTable table;
  private final String name;
  private String group;
  private int arity = -1;
  private int flags;
  private int categories;
  private List<KeySpec> keys = List.of();
  private List<String> tips = List.of();
  private String since = "1.0.0";
  private String complexity = "";
  private String summary = "";
  private final List<String[]> history = new ArrayList<>();
  private byte[] badKeys = Errors.INVALID_KEYS;
  private boolean systemOnly;
  private String syntax = "";
  private @Nullable List<SyntaxArgument> arguments;
  private String deprecatedSince = "";
  private String replacedBy = "";
  private @Nullable ToIntFunction<Args> keyFlags;
  private boolean brief;
  private SecretArguments secrets = SecretArguments.NONE;
  private Function<Args, byte[]> unknownSubcommand = ErrorText::unknownSubcommand;

  CommandRow(CommandTable table, String name, String group) {
    this.table = table;
    this.name = name;
    this.group = group;
  }

  /// Number of arguments with the command's name (and its subcommand's); negative: at least that.
  public CommandRow arity(int value) {
    arity = value;
    return this;
  }

  /// Bits of [CommandFlag].
  public CommandRow flags(int value) {
    flags = value;
    return this;
  }

  /// Bits of [AclCategory] that do not follow from the flags.
  public CommandRow acl(int value) {
    categories = value;
    return this;
  }

  public CommandRow keys(KeySpec... specs) {
    keys = List.of(specs);
    return this;
  }

  /// Which flags of [KeySpec] a call's keys have where the row says [KeySpec#VARIABLE_FLAGS].
  public CommandRow keyFlags(ToIntFunction<Args> flags) {
    keyFlags = flags;
    return this;
  }

  /// Null when each call has the flags of the row.
  @Nullable ToIntFunction<Args> keyFlags() {
    return keyFlags;
  }

  /// What a client is told when the keys can't be found as the row says; default is Redis's general
  /// text.
  public CommandRow badKeys(byte[] error) {
    badKeys = error;
    return this;
  }

  public byte[] badKeys() {
    return badKeys;
  }

  /// Hints for clients, as in COMMAND INFO ("request_policy:multi_shard").
  public CommandRow tips(String... values) {
    tips = List.of(values);
    return this;
  }

  /// The Redis version that had the command first.
  public CommandRow since(String version) {
    since = version;
    return this;
  }

  public CommandRow complexity(String text) {
    complexity = text;
    return this;
  }

  public CommandRow summary(String text) {
    summary = text;
    return this;
  }

  /// The arguments, as [Syntax] reads them: `key value [condition=NX|XX] [GET]`.
  public CommandRow syntax(String text) {
    syntax = text;
    return this;
  }

  /// A change of the command in a later version.
  public CommandRow changed(String version, String what) {
    history.add(new String[] {version, what});
    return this;
  }

  /// Since which version there is a better way, and which.
  public CommandRow deprecated(String version, String replacement) {
    deprecatedSince = version;
    replacedBy = replacement;
    return this;
  }

  /// Not meant for applications: COMMAND DOCS says `syscmd`.
  public CommandRow systemOnly() {
    systemOnly = true;
    return this;
  }

  /// A call's time follows from the bytes of its request and its reply, though Redis does not flag
  /// the command as fast.
  public CommandRow brief() {
    brief = true;
    return this;
  }

  boolean isBrief() {
    return brief;
  }

  /// Which arguments are shown to nobody: logs have `(redacted)` instead.
  public CommandRow secrets(SecretArguments value) {
    secrets = value;
    return this;
  }

  public SecretArguments secrets() {
    return secrets;
  }

  /// What a client is told about a subcommand that there is not; default is Redis's general text.
  public CommandRow unknownSubcommand(Function<Args, byte[]> error) {
    unknownSubcommand = error;
    return this;
  }

  public byte[] unknownSubcommand(Args args) {
    return unknownSubcommand.apply(args);
  }

  public void onShard(CommandBody.ShardStep step) {
    table.add(this, new CommandBody.OnShard(step, null));
  }

  /// A step without a key, on the shard that `route` picks from the arguments.
  public void onShard(CommandBody.Route route, CommandBody.ShardStep step) {
    table.add(this, new CommandBody.OnShard(step, route));
  }

  public void perKey(CommandBody.KeyStep step, CommandBody.Merge merge) {
    table.add(this, new CommandBody.PerKey(step, merge));
  }

  /// A step on every shard that only reads, as one consistent cut.
  public void perShard(CommandBody.WholeShardStep step, CommandBody.ShardMerge merge) {
    table.add(this, new CommandBody.PerShard(step, merge, false));
  }

  /// A step on every shard that has all data of the server for itself.
  public void perShardExclusive(CommandBody.WholeShardStep step, CommandBody.ShardMerge merge) {
    table.add(this, new CommandBody.PerShard(step, merge, true));
  }

  public void hops(HopSteps steps) {
    table.add(this, new CommandBody.Hops(steps));
  }

  public void local(CommandBody.LocalStep step) {
    table.add(this, new CommandBody.Local(step));
  }

  /// Makes this a container; its subcommands are rows of the table returned.
  public CommandTable container() {
    return table.addContainer(this, new CommandBody.Container());
  }

  /// A container that also runs without a subcommand.
  public CommandTable container(CommandBody.LocalStep alone) {
    return table.addContainer(this, new CommandBody.Local(alone));
  }

  String name() {
    return name;
  }

  public String group() {
    return group;
  }

  int arity() {
    return arity;
  }

  int flags() {
    return flags;
  }

  int categories() {
    return categories;
  }

  List<KeySpec> keys() {
    return keys;
  }

  public List<String> tips() {
    return tips;
  }

  public String since() {
    return since;
  }

  public String complexity() {
    return complexity;
  }

  public String summary() {
    return summary;
  }

  /// The argument tree of COMMAND DOCS; parsed at its first use, by any thread.
  public List<SyntaxArgument> arguments() {
    List<SyntaxArgument> parsed = arguments;
    if (parsed == null) {
      parsed = Syntax.parse(syntax);
      arguments = parsed;
    }
    return parsed;
  }

  /// Pairs of version and change.
  public List<String[]> history() {
    return history;
  }

  public boolean isSystemOnly() {
    return systemOnly;
  }

  /// Empty when the command is not deprecated.
  public String deprecatedSince() {
    return deprecatedSince;
  }

  public String replacedBy() {
    return replacedBy;
  }

  CommandRow inGroup(String value) {
    group = value;
    return this;
  }
}
