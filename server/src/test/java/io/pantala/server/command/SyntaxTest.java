package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "key;key:key",
        "key value;key:key value:string",
        "key [key ...];key:key...",
        "[key ...];[key:key...]",
        "key value [key value ...];block(key:key value:string)...",
        "[GET pattern [GET pattern ...]];[GET pattern:pattern...+]",
        "[NX|XX];[oneof(NX nx:pure-token XX xx:pure-token)]",
        "[c=EX seconds|KEEPTTL];[oneof(EX seconds:integer KEEPTTL keepttl:pure-token)]",
        "[LIMIT (offset count)];[LIMIT block(offset:integer count:integer)]",
        "[LIMIT offset count];[block(LIMIT offset:integer count:integer)]",
        "score:double member;score:double member:string",
        "[WITH WORD];[block(WITH with:pure-token WORD word:pure-token)]",
        "key [GET@6.2.0];key:key [GET get:pure-token@6.2.0]",
        "[EX seconds:integer@2.6.12];[EX seconds:integer@2.6.12]",
        "[c@7.0.0=NX|XX@7.2.0];[oneof(NX nx:pure-token XX xx:pure-token@7.2.0)@7.0.0]",
        "(data=key value ...);block(key:key value:string)...",
        "[= | ~];[oneof(= =:pure-token ~ ~:pure-token)]",
        "'a [b [c]]';a:string [block(b:string [c:string])]",
      })
  void readsArguments(String syntax, String tree) {
    assertThat(text(Syntax.parse(syntax))).isEqualTo(tree);
  }

  @Test
  void namesAGroupByItsLabel() {
    assertThat(Syntax.parse("[condition=NX|XX]").getFirst().name()).isEqualTo("condition");
    assertThat(Syntax.parse("[NX|XX]").getFirst().name()).isEqualTo("nx_xx");
    assertThat(Syntax.parse("[sorting=ALPHA]").getFirst().name()).isEqualTo("sorting");
    SyntaxArgument choice = Syntax.parse("(choice=a b|C)").getFirst();
    assertThat(choice.name()).isEqualTo("choice");
    assertThat(choice.arguments().getFirst().name()).isEqualTo("a_b");
    assertThat(Syntax.parse("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[key", "key]", "(key", "[]", "key | value", "[a||b]", "(a]", "EX@1.0.0 seconds"})
  void refusesWhatIsNoSyntax(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Syntax.parse(text));
  }

  private static String text(List<SyntaxArgument> arguments) {
    return arguments.stream().map(SyntaxTest::text).collect(Collectors.joining(" "));
  }

  private static String text(SyntaxArgument argument) {
    String inner =
        argument.arguments().isEmpty()
            ? argument.name() + ":" + argument.type()
            : argument.type() + "(" + text(argument.arguments()) + ")";
    String text = argument.token().isEmpty() ? inner : argument.token() + " " + inner;
    text += argument.since().isEmpty() ? "" : "@" + argument.since();
    text += argument.is(SyntaxArgument.MULTIPLE) ? "..." : "";
    text += argument.is(SyntaxArgument.MULTIPLE_TOKEN) ? "+" : "";
    return argument.is(SyntaxArgument.OPTIONAL) ? "[" + text + "]" : text;
  }
}
