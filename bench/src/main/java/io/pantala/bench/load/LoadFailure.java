package io.pantala.bench.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The run can't go on: the server is gone, refuses, or answers nonsense. The message says which.
final class LoadFailure extends IOException {
  private static final long serialVersionUID = 1;

  LoadFailure(@Nullable String problem) {
    super(problem);
  }
}
