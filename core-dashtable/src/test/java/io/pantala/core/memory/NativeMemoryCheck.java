package io.pantala.core.memory;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Fails a test that does not give back what it took: bytes of [NativeBuffer]s, bytes mapped by
/// [ShardMemory] and [ChunkReserve], threads of a reserve. For `@ExtendWith` on a test class.
///
/// A reserve must be opened and closed by the test itself or its `@BeforeEach` and `@AfterEach`:
/// one that lives longer maps its ready chunk at any time.
public final class NativeMemoryCheck implements BeforeEachCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(NativeMemoryCheck.class);
  private static final String RESERVE_THREAD = "chunk-reserve";

  private record Held(long bufferBytes, long mappedBytes, Set<Long> reserveThreads) {
    static Held now() {
      return new Held(
          NativeBuffer.allBytes(), ChunkReserve.processMappedBytes(), runningReserves());
    }

    private static Set<Long> runningReserves() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.isAlive() && thread.getName().equals(RESERVE_THREAD))
          .map(Thread::threadId)
          .collect(Collectors.toSet());
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put(Held.class, Held.now());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Held before = context.getStore(NAMESPACE).get(Held.class, Held.class);
    Held after = Held.now();
    if (!after.equals(before)) {
      throw new AssertionError(
          "native memory or threads leaked: before " + before + ", after " + after);
    }
  }
}
