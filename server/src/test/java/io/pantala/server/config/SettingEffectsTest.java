package io.pantala.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Each setting that is built names a test that shows its effect; no other does.
final class SettingEffectsTest {
  static final Iterable<Setting> ALL = Settings.all();

  @ParameterizedTest
  @FieldSource("ALL")
  void isShownByATest(Setting setting) throws ClassNotFoundException {
    String test = SettingEffects.TESTS.get(setting);
    if (!setting.awaits().isEmpty()) {
      assertThat(test).as("its test, though it waits for " + setting.awaits()).isNull();
      return;
    }
    assertThat(test).as("a line for it in SettingEffects").isNotNull();
    String[] names = Objects.requireNonNull(test).split("#", 2);
    Method[] methods = Class.forName("io.pantala.server." + names[0]).getDeclaredMethods();
    assertThat(Arrays.stream(methods).filter(m -> m.getName().equals(names[1])))
        .as(test)
        .singleElement()
        .matches(
            m ->
                m.isAnnotationPresent(Test.class)
                    || m.isAnnotationPresent(ParameterizedTest.class));
  }
}
