package io.pantala.server.command;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.LiveRedis;
import io.pantala.resp.RespDecoder;
import io.pantala.resp.RespDecoder.Elements;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// COMMAND INFO and COMMAND DOCS of every row against a live redis-server, for the commands that it
/// has.
@Tag("oracle")
@ExtendWith(NativeMemoryCheck.class)
final class CommandRowOracleTest {
  private static final int INFO_SUBCOMMANDS = 9;

  /// Fields of COMMAND DOCS that must be equal; the others are in our own words.
  private static final Set<String> DOCS_FIELDS =
      Set.of("since", "group", "doc_flags", "deprecated_since", "replaced_by");

  /// Above every version that the live server may know.
  private static final String LATER = "7.1";

  @Test
  void isThatOfRedis() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client oracle = redis.connect();
        TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      oracle.call("HELLO", "3");
      client.run("HELLO", "3");
      for (CommandSpec row : CommandRows.all()) {
        String name = row.name();
        Object wanted = first(oracle.call("COMMAND", "INFO", name));
        if (!wanted.equals(RespDecoder.NIL)) {
          Object ours = first(client.run("COMMAND", "INFO", name));
          check(softly, name, RowExceptions.INFO, fixed(ours), fixed(wanted));
          Map<?, ?> docs = docs(client.run("COMMAND", "DOCS", name), name);
          checkDocs(softly, name, docs, docs(oracle.call("COMMAND", "DOCS", name), name));
        }
      }
    }
    softly.assertAll();
  }

  private static void checkDocs(
      SoftAssertions softly, String name, Map<?, ?> ours, Map<?, ?> wanted) {
    check(softly, name, RowExceptions.DOCS, facts(ours), facts(wanted));
    Object tree = arguments(ours.get("arguments"));
    check(softly, name, RowExceptions.ARGUMENTS, tree, arguments(wanted.get("arguments")));
  }

  private static void check(
      SoftAssertions softly, String name, Map<String, String> except, Object ours, Object wanted) {
    if (except.containsKey(name)) {
      softly.assertThat(ours).as("%s needs no exception any more", name).isNotEqualTo(wanted);
    } else {
      softly.assertThat(ours).as(name).isEqualTo(wanted);
    }
  }

  private static Object first(Object reply) {
    return ((List<?>) reply).getFirst();
  }

  private static Map<?, ?> docs(Object reply, String name) {
    Object found = ((Map<?, ?>) reply).get(name);
    return found == null ? Map.of() : (Map<?, ?>) found;
  }

  /// COMMAND INFO without subcommands: they are rows of their own, and we need not have all.
  private static List<Object> fixed(Object info) {
    List<Object> fields = new ArrayList<>((List<?>) info);
    fields.remove(INFO_SUBCOMMANDS);
    return fields;
  }

  /// What COMMAND DOCS says, without words for people.
  private static Map<Object, Object> facts(Map<?, ?> docs) {
    Map<Object, Object> facts = new HashMap<>(docs);
    facts.keySet().retainAll(DOCS_FIELDS);
    facts.put("versions", versions(docs));
    return facts;
  }

  /// The versions up to 7.0 in which a command changed.
  private static List<Object> versions(Map<?, ?> docs) {
    List<Object> versions = new ArrayList<>();
    if (docs.get("history") instanceof Elements changes) {
      for (Object change : changes.elements()) {
        String version = (String) first(change);
        if (version.compareTo(LATER) < 0) {
          versions.add(version);
        }
      }
    }
    return versions;
  }

  /// An argument tree without what came after 7.0.
  private static List<Object> arguments(@Nullable Object tree) {
    List<Object> arguments = new ArrayList<>();
    if (tree != null) {
      for (Object each : (List<?>) tree) {
        Map<Object, Object> argument = new HashMap<>((Map<?, ?>) each);
        argument.computeIfPresent("arguments", (field, inner) -> arguments(inner));
        if (!(argument.get("since") instanceof String since) || since.compareTo(LATER) < 0) {
          arguments.add(argument);
        }
      }
    }
    return arguments;
  }
}
