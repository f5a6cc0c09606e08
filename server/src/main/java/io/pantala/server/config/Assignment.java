package io.pantala.server.config;

import java.util.List;

/// A setting's name and value as the user wrote them.
///
/// @param words the value; several where the name takes several
/// @param where as messages name it: `--port`, `redis.conf:12: port`, `PANTALA_port`
record Assignment(String name, List<String> words, String where) {

  /// The value as one text.
  String value(SettingType type) throws BadValueException {
    if (words.size() != 1 && !(type instanceof SettingType.Words)) {
      throw new BadValueException("wrong number of arguments");
    }
    return String.join(" ", words);
  }
}
