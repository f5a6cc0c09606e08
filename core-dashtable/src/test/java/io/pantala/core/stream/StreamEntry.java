package io.pantala.core.stream;

import java.util.List;

/// An entry with its fields and values, for tests.
record StreamEntry(StreamId id, List<String> fields) {}
