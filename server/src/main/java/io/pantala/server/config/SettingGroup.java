package io.pantala.server.config;

/// The chapters of `--help` and docs/flags.md.
public enum SettingGroup {
  NETWORK("network", "Where it listens"),
  CLIENTS("clients", "Clients and their limits"),
  MEMORY("memory", "Data and memory"),
  SERVER("server", "The server and its threads"),
  MONITORING("monitoring", "Watching it");

  private final String word;
  private final String title;

  SettingGroup(String word, String title) {
    this.word = word;
    this.title = title;
  }

  /// What `--help=` takes.
  public String word() {
    return word;
  }

  public String title() {
    return title;
  }
}
