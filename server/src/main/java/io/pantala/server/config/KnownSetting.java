package io.pantala.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A name that users of other servers know and that has no effect here. Immutable.
///
/// @param names Dragonfly's first, where it has one
/// @param quiet the value with which nothing is missing, as `no`; null if there is none
/// @param about the feature that it belongs to or, for [State#NEVER], why it has no meaning
record KnownSetting(
    List<String> names, SettingType type, @Nullable String quiet, State state, String about) {

  /// Why it has no effect.
  enum State {
    /// Its feature is not built yet: the server starts and says so.
    LATER,
    /// As `LATER`, and the quiet value is true here: CONFIG GET answers it.
    SHOWN,
    /// As `LATER`, but who relies on it would be open to others: the server does not start.
    UNSAFE,
    /// It has no meaning here: the server starts and says so.
    NEVER
  }

  String name() {
    return names.getFirst();
  }

  /// Whether nothing is missing when it has this value.
  ///
  /// @throws BadValueException when it can't have it
  boolean isQuiet(String value) throws BadValueException {
    SettingValue parsed = type.parse(value);
    return quiet != null && parsed.equals(type.parse(quiet));
  }

  /// Why a value has no effect, in a few words.
  String reason() {
    return state == State.NEVER ? "no meaning here: " + about : "not built yet: " + about;
  }
}
