package io.pantala.server.config;

/// The value of a setting, checked. Immutable.
///
/// @param text as CONFIG GET answers it: `yes`, `1073741824`, `noeviction`
/// @param number a number itself, bytes, 1 or 0 for yes or no, the place of a choice; else 0
public record SettingValue(String text, long number) {
  /// Whether it is `yes`.
  public boolean isOn() {
    return number != 0;
  }
}
