package io.pantala.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One thing that the user can set: a row of [Settings]. Immutable, any thread.
///
/// Its first name is the one of the flag, Dragonfly's where Dragonfly has it; then come Redis's
/// name and others. `-` and `_` are the same in a name, and so are the cases of letters.
public final class Setting {
  private final int index;
  private final SettingGroup group;
  private final String name;
  private final List<String> aliases;
  private final SettingType type;
  private final SettingValue byDefault;
  private final String meaning;
  private final String awaits;
  private final boolean live;
  private final boolean secret;

  private Setting(Row row, int index, SettingType type, String byDefault, String meaning) {
    this.index = index;
    this.group = row.group;
    this.name = row.name;
    this.aliases = List.copyOf(row.aliases);
    this.type = type;
    this.meaning = meaning;
    this.awaits = row.awaits;
    this.live = row.live;
    this.secret = row.secret;
    try {
      this.byDefault = type.parse(byDefault);
    } catch (BadValueException e) {
      throw new IllegalArgumentException(name + ": " + byDefault, e);
    }
  }

  /// Its place among all settings.
  public int index() {
    return index;
  }

  public SettingGroup group() {
    return group;
  }

  public String name() {
    return name;
  }

  /// Its other names, Redis's first.
  public List<String> aliases() {
    return aliases;
  }

  /// All names as CONFIG GET looks for them: Redis's first.
  public List<String> names() {
    List<String> all = new ArrayList<>(aliases);
    all.add(Math.min(1, all.size()), name);
    return all;
  }

  public SettingType type() {
    return type;
  }

  public SettingValue byDefault() {
    return byDefault;
  }

  /// The default for people: sizes with their unit.
  String defaultText() {
    return type instanceof SettingType.Size
        ? SettingType.Size.text(byDefault.number())
        : byDefault.text();
  }

  /// One sentence.
  public String meaning() {
    return meaning;
  }

  /// Whether CONFIG SET may change it while the server runs.
  public boolean isLive() {
    return live;
  }

  /// Whether its value should be seen in no log.
  public boolean isSecret() {
    return secret;
  }

  /// What is not built yet and would give it its effect; empty when it has it.
  public String awaits() {
    return awaits;
  }

  @Override
  public String toString() {
    return name;
  }

  /// The form in which names are compared.
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// A row in the making; the last call names the type and the meaning: `row(NETWORK,
  /// "port").number(0, 65_535, 6379, "TCP port.")`.
  static final class Row {
    private final SettingTable table;
    private final SettingGroup group;
    private final String name;
    private final List<String> aliases = new ArrayList<>();
    private String awaits = "";
    private boolean live;
    private boolean secret;

    Row(SettingTable table, SettingGroup group, String name) {
      this.table = table;
      this.group = group;
      this.name = name;
    }

    /// Other names; Redis's first.
    Row also(String... names) {
      aliases.addAll(List.of(names));
      return this;
    }

    Row live() {
      live = true;
      return this;
    }

    Row secret() {
      secret = true;
      return this;
    }

    /// Says that the value has no effect yet: `--x: FEATURE is not built yet; ignored`.
    Row awaits(String feature) {
      awaits = feature;
      return this;
    }

    Setting number(long least, long most, long byDefault, String meaning) {
      return as(new SettingType.Integral(least, most), Long.toString(byDefault), meaning);
    }

    Setting size(long least, long most, String byDefault, String meaning) {
      return as(new SettingType.Size(least, most), byDefault, meaning);
    }

    Setting yesNo(boolean byDefault, String meaning) {
      return as(new SettingType.YesNo(), byDefault ? "yes" : "no", meaning);
    }

    Setting text(String placeholder, String byDefault, String meaning) {
      return as(new SettingType.Text(placeholder), byDefault, meaning);
    }

    Setting words(String placeholder, String byDefault, String meaning) {
      return as(new SettingType.Words(placeholder), byDefault, meaning);
    }

    /// The first word is the default.
    Setting choice(List<String> words, String meaning) {
      return as(new SettingType.Choice(words), words.getFirst(), meaning);
    }

    Setting as(SettingType type, String byDefault, String meaning) {
      return table.add(new Setting(this, table.size(), type, byDefault, meaning));
    }
  }
}
