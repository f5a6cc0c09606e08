package io.pantala.server.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileDescriptorsTest {
  private static final List<String> LIMITS =
      List.of(
          "Limit                     Soft Limit           Hard Limit           Units     ",
          "Max processes             96102                96102                processes ",
          "Max open files            1064                 20000                files     ");

  @Test
  void enoughIsEnough() {
    assertThatCode(() -> FileDescriptors.check(1000, LIMITS)).doesNotThrowAnyException();
  }

  @Test
  void tooFewIsSaidInOneLine() {
    assertThatThrownBy(() -> FileDescriptors.check(1001, LIMITS))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "too few file descriptors: 1001 clients need 1065, the system allows 1064; raise it"
                + " (ulimit -n) or lower --maxclients");
  }
}
