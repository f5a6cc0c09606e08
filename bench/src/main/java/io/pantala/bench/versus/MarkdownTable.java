package io.pantala.bench.versus;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Rows of text under headings.
final class MarkdownTable {
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  MarkdownTable(String... headings) {
    this.headings = List.of(headings);
  }

  void add(String... cells) {
    assert cells.length == headings.size();
    rows.add(List.of(cells));
  }

  void print(PrintStream out) {
    out.println("| " + String.join(" | ", headings) + " |");
    out.println("|" + " --- |".repeat(headings.size()));
    for (List<String> row : rows) {
      out.println("| " + String.join(" | ", row) + " |");
    }
  }
}
