package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Each row of the command table against the reference table and against itself.
@ExtendWith(NativeMemoryCheck.class)
final class CommandRowTest {
  /// Flags of the reference table that follow from how a server works, not from the command.
  private static final Set<String> INTERNAL_FLAGS = Set.of("module", "hidden");

  @Test
  void agreesWithTheReference() throws IOException {
    Map<String, ReferenceTable.Line> reference = ReferenceTable.read();
    SoftAssertions softly = new SoftAssertions();
    for (CommandSpec row : CommandRows.all()) {
      ReferenceTable.Line line = reference.get(row.name());
      boolean excepted = RowExceptions.REFERENCE.containsKey(row.name());
      if (line == null) {
        softly.assertThat(RowExceptions.UNKNOWN).containsKey(row.name());
      } else if (line.inRedis()) {
        softly
            .assertThat(facts(row, line).equals(facts(line)))
            .as("%s: ours %s, reference %s", row.name(), facts(row, line), facts(line))
            .isEqualTo(!excepted);
      }
    }
    softly.assertAll();
  }

  /// What is compared of our row: of a command of Redis 7.0 the flags are compared with a live one.
  private static List<Object> facts(CommandSpec row, ReferenceTable.Line line) {
    List<Object> facts = new ArrayList<>();
    facts.add(row.row().group());
    facts.add(row.row().since());
    facts.add("" + row.arity());
    if (!line.inRedis70()) {
      facts.add(new HashSet<>(CommandFlag.names(row.flags())));
      facts.add(new HashSet<>(AclCategory.names(row.categories())));
      facts.add(List.of("" + row.firstKey(), "" + row.lastKey(), "" + row.keyStep()));
    }
    return facts;
  }

  private static List<Object> facts(ReferenceTable.Line line) {
    List<Object> facts = new ArrayList<>();
    facts.add(line.group());
    facts.add(line.since());
    facts.add(line.arity());
    if (!line.inRedis70()) {
      Set<String> flags = new HashSet<>(line.flags());
      flags.removeAll(INTERNAL_FLAGS);
      facts.add(flags);
      facts.add(line.categories());
      facts.add(line.keyRange());
    }
    return facts;
  }

  @Test
  void hasWordsForPeople() {
    SoftAssertions softly = new SoftAssertions();
    for (CommandSpec row : CommandRows.all()) {
      softly.assertThat(row.row().summary()).as(row.name()).endsWith(".");
      softly.assertThat(row.row().complexity()).as(row.name()).isNotEmpty();
      softly.assertThatCode(row.row()::arguments).as(row.name()).doesNotThrowAnyException();
    }
    softly.assertAll();
  }

  @Test
  void hasASyntaxIfItTakesArguments() {
    SoftAssertions softly = new SoftAssertions();
    for (CommandSpec row : CommandRows.all()) {
      boolean excepted = RowExceptions.NO_SYNTAX.containsKey(row.name());
      boolean takesArguments =
          row.subcommands() == null && row.arity() != CommandRows.words(row).size();
      softly
          .assertThat(!row.row().arguments().isEmpty())
          .as("%s has a syntax line", row.name())
          .isEqualTo(takesArguments && !excepted);
    }
    softly.assertAll();
  }

  @Test
  void refusesAWrongNumberOfArguments() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      for (CommandSpec row : CommandRows.all()) {
        List<String> words = new ArrayList<>(CommandRows.words(row));
        int wrong = row.arity() > 0 ? row.arity() + 1 : -row.arity() - 1;
        while (words.size() < wrong) {
          words.add("x");
        }
        if (words.size() == wrong) {
          String error = "ERR wrong number of arguments for '" + row.name() + "' command";
          softly
              .assertThat(client.run(words.toArray(String[]::new)))
              .as(row.name())
              .isEqualTo(new Failure(error));
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void findsTheKeysThatItSays() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      for (CommandSpec row : CommandRows.all()) {
        if (row.firstKey() > 0) {
          findsTheKeysThatItSays(row, client, softly);
        }
      }
    }
    softly.assertAll();
  }

  private static void findsTheKeysThatItSays(
      CommandSpec row, TestClient client, SoftAssertions softly) throws IOException {
    int count = Math.max(Math.abs(row.arity()), Math.max(0, row.lastKey()) + 1);
    if (row.lastKey() < 0 && row.arity() < 0) {
      count += 2 * row.keyStep();
    }
    List<String> request = new ArrayList<>(List.of("COMMAND", "GETKEYS"));
    request.addAll(CommandRows.words(row));
    for (int i = CommandRows.words(row).size(); i < count; i++) {
      request.add("arg-" + i);
    }
    List<Object> expected = new ArrayList<>();
    int last = row.lastKey() < 0 ? count + row.lastKey() : row.lastKey();
    for (int i = row.firstKey(); i <= last; i += row.keyStep()) {
      expected.add("arg-" + i);
    }
    softly
        .assertThat(client.run(request.toArray(String[]::new)))
        .as(row.name())
        .isEqualTo(expected);
  }

  @Test
  void listsAndCountsAllRows() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      int commands = Families.table().all().size();
      assertThat((List<?>) client.run("COMMAND", "LIST")).hasSameSizeAs(CommandRows.all());
      assertThat(client.run("COMMAND", "COUNT")).isEqualTo((long) commands);
      assertThat((List<?>) client.run("COMMAND")).hasSize(commands);
      assertThat((List<?>) client.run("COMMAND", "INFO")).hasSize(commands);
      client.run("HELLO", "3");
      assertThat((Map<?, ?>) client.run("COMMAND", "DOCS")).hasSize(commands);
    }
  }
}
