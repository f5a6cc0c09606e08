package io.pantala.bench.versus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintStream;

/// One way to compare servers.
interface Comparison {
  /// Measures, prints a table, and adds one object for each measurement to `json`.
  void run(PrintStream out, ArrayNode json) throws IOException, InterruptedException;
}
