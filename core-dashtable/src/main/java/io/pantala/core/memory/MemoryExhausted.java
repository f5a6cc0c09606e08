package io.pantala.core.memory;

/// No memory is left for an allocation. Thrown before anything was changed; the dispatcher answers
/// the client with `-OOM …`. One instance, no stack trace: it is an answer, not a defect.
@SuppressWarnings("StaticAssignmentOfThrowable") // one instance without a stack trace
public final class MemoryExhausted extends RuntimeException {
  public static final MemoryExhausted INSTANCE = new MemoryExhausted();

  private MemoryExhausted() {
    super("memory exhausted", null, false, false);
  }
}
