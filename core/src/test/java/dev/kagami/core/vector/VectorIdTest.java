package dev.kagami.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.kagami.core.digest.Xxh64;
import dev.kagami.core.error.ErrorDetail.FieldViolation;
import dev.kagami.core.error.ValdException.InvalidArgument;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VectorIdTest {

  static Stream<Arguments> refused() {
    return Stream.of(
        argumentSet("empty", "", "empty"),
        argumentSet("one byte too long", "a".repeat(513), "513 bytes"),
        argumentSet("two bytes a letter", "\u00e9".repeat(257), "514 bytes"),
        argumentSet("three bytes a letter", "\u3042".repeat(171), "513 bytes"),
        argumentSet("four bytes a letter", "\ud83d\ude80".repeat(129), "516 bytes"),
        argumentSet("a million letters", "a".repeat(1_000_000), "1000000 bytes"),
        argumentSet("high surrogate at the end", "a\ud83d", "surrogate"),
        argumentSet("high surrogate alone", "\ud83da", "surrogate"),
        argumentSet("low surrogate alone", "a\ude80b", "surrogate"),
        argumentSet("surrogates the wrong way round", "\ude80\ud83d", "surrogate"),
        argumentSet("two high surrogates", "\ud83d\ud83d\ude80", "surrogate"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void textIsNoId_refusedNamingTheLimit(String value, String why) {
    assertThatThrownBy(() -> new VectorId(value))
        .isInstanceOfSatisfying(
            InvalidArgument.class,
            refusal ->
                assertThat(refusal.details())
                    .containsExactly(new FieldViolation("id", refusal.getMessage())))
        .hasMessageContaining(why);
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        argumentSet("one letter", "a"),
        argumentSet("longest", "a".repeat(512)),
        argumentSet("longest, two bytes a letter", "\u00e9".repeat(256)),
        argumentSet("longest, three bytes a letter", "\u3042".repeat(170) + "ab"),
        argumentSet("longest, four bytes a letter", "\ud83d\ude80".repeat(128)),
        argumentSet("NUL", "\0"),
        argumentSet("newline", "a\r\nb"),
        argumentSet("path", "../../x"),
        argumentSet("blank", " "));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void textIsWithinTheLimits_isKeptExactly(String value) {
    assertThat(new VectorId(value).value()).isEqualTo(value);
    assertThat(new VectorId(value)).hasToString(value);
  }

  @Test
  void ids_areComparedExactly() {
    var ids = List.of(new VectorId("a"), new VectorId("A"), new VectorId("a "), new VectorId("b"));

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids.stream().sorted().map(VectorId::value)).containsExactly("A", "a", "a ", "b");
  }

  @Test
  void hash_isThatOfTheText() {
    assertThat(new VectorId("abc").hash()).isEqualTo(Xxh64.hash("abc"));
  }
}
