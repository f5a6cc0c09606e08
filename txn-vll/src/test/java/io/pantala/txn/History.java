package io.pantala.txn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What happened in a simulation, as the graph whose cycles are violations of strict
/// serializability. A node is an operation or a moment. Edges: who wrote a version to who read or
/// overwrote it, who read a version to who overwrote it; and for real time a chain of moments: an
/// operation to the moment of its end, the last moment to an operation that begins.
final class History {
  private final int[] writers;
  private final List<List<Integer>> readers = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final boolean isTraced;
  private int[] edges = new int[512];
  private int edgeEnds;
  private int nodes;
  private int now;

  History(int keys, boolean isTraced) {
    this.isTraced = isTraced;
    writers = new int[keys];
    nodes = 1;
    for (int i = 0; i < keys; i++) {
      readers.add(new ArrayList<>());
    }
  }

  /// An operation begins; returns its node.
  int invoke(String what) {
    int operation = nodes++;
    edge(now, operation);
    log(operation, "begins: " + what, -1);
    return operation;
  }

  void finish(int operation) {
    int moment = nodes++;
    edge(now, moment);
    edge(operation, moment);
    now = moment;
    log(operation, "ends", -1);
  }

  void read(int operation, int key) {
    edge(writers[key], operation);
    readers.get(key).add(operation);
    log(operation, "reads", key);
  }

  void write(int operation, int key) {
    edge(writers[key], operation);
    List<Integer> before = readers.get(key);
    for (int i = 0; i < before.size(); i++) {
      edge(before.get(i), operation);
    }
    before.clear();
    writers[key] = operation;
    log(operation, "writes", key);
  }

  void log(int operation, String what, int key) {
    if (isTraced) {
      log.add("#" + operation + " " + what + (key < 0 ? "" : " key " + key));
    }
  }

  List<String> log() {
    return log;
  }

  /// Removes nodes that nothing points to, as long as there are any: what is left holds a cycle.
  boolean hasCycle() {
    int[] first = new int[nodes];
    int[] nextEdge = new int[edgeEnds / 2];
    int[] incoming = new int[nodes];
    Arrays.fill(first, -1);
    for (int e = 0; e < edgeEnds / 2; e++) {
      int from = edges[2 * e];
      nextEdge[e] = first[from];
      first[from] = e;
      incoming[edges[2 * e + 1]]++;
    }
    int[] removed = new int[nodes];
    int count = 0;
    for (int node = 0; node < nodes; node++) {
      if (incoming[node] == 0) {
        removed[count++] = node;
      }
    }
    for (int i = 0; i < count; i++) {
      for (int e = first[removed[i]]; e >= 0; e = nextEdge[e]) {
        int to = edges[2 * e + 1];
        if (--incoming[to] == 0) {
          removed[count++] = to;
        }
      }
    }
    return count < nodes;
  }

  private void edge(int from, int to) {
    if (from == to) {
      return;
    }
    if (edgeEnds + 2 > edges.length) {
      edges = Arrays.copyOf(edges, 2 * edges.length);
    }
    edges[edgeEnds++] = from;
    edges[edgeEnds++] = to;
  }
}
