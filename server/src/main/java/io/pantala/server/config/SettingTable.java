package io.pantala.server.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Settings in the order of their rows, found by any of their names.
final class SettingTable {
  private final List<Setting> rows = new ArrayList<>();
  private final Map<String, Setting> byName = new HashMap<>();

  Setting.Row row(SettingGroup group, String name) {
    return new Setting.Row(this, group, name);
  }

  Setting add(Setting setting) {
    rows.add(setting);
    for (String name : setting.names()) {
      Setting other = byName.put(Setting.key(name), setting);
      if (other != null && other != setting) {
        throw new IllegalArgumentException("two settings with the name " + name);
      }
    }
    return setting;
  }

  int size() {
    return rows.size();
  }

  List<Setting> rows() {
    return Collections.unmodifiableList(rows);
  }

  @Nullable Setting find(String name) {
    return byName.get(Setting.key(name));
  }
}
