package io.pantala.server.info;

import io.pantala.server.shard.ShardThreads;
import java.util.List;
import java.util.Locale;

/// The report of INFO: names and order are those of redis-server, every figure is real. A figure
/// about something that this server does not do is there, as the zero that it is, where monitoring
/// tools read it. Shards are not asked: what they count is read as they left it, so a client sees
/// all that was answered to it before.
public final class InfoReport {
  private static final String ALL = "all";
  private static final String EVERYTHING = "everything";
  private static final String DEFAULT = "default";

  private static final List<InfoSection> SECTIONS =
      List.of(
          InfoSection.byDefault("server", ServerInfo::server),
          InfoSection.byDefault("clients", ServerInfo::clients),
          InfoSection.byDefault("memory", MemoryInfo::write),
          InfoSection.byDefault("persistence", PersistenceInfo::write),
          InfoSection.byDefault("stats", StatsInfo::write),
          InfoSection.byDefault("replication", ServerInfo::replication),
          InfoSection.byDefault("cpu", ServerInfo::cpu),
          InfoSection.byDefault("modules", (shards, text) -> text.section("Modules")),
          InfoSection.onRequest("commandstats", CommandInfo::calls),
          InfoSection.byDefault("errorstats", CommandInfo::errors),
          InfoSection.onRequest("latencystats", CommandInfo::latencies),
          InfoSection.byDefault("cluster", ServerInfo::cluster),
          InfoSection.byDefault("keyspace", ServerInfo::keyspace),
          InfoSection.onRequest("shards", ShardsInfo::write));

  private final ShardThreads shards;

  public InfoReport(ShardThreads shards) {
    this.shards = shards;
  }

  /// The sections of these names, in any case; the default ones for none. Unknown names are passed
  /// over.
  public String text(List<String> names) {
    List<String> wanted = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    boolean all = wanted.contains(ALL) || wanted.contains(EVERYTHING);
    boolean byDefault = wanted.isEmpty() || wanted.contains(DEFAULT);
    InfoText text = new InfoText();
    for (InfoSection section : SECTIONS) {
      if (all || (byDefault && section.isDefault()) || wanted.contains(section.name())) {
        section.writer().write(shards, text);
      }
    }
    return text.toString();
  }
}
