package dev.kagami.transport.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
  private static final String NAME = "kagami.some.name";

  @Test
  void blanksAroundTheValue_areNoPartOfIt() {
    assertThat(setting(" 7\t").number(1, 7)).isEqualTo(7);
    assertThat(setting(" a b ").value()).isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void valueIsBlank_itIsNotSet(String blank) {
    assertThat(Setting.optional(NAME, source(blank))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting(blank))
        .withMessage(NAME + " is not set; give a word");
  }

  @Test
  void valueIsAbsent_itIsNotSet() {
    assertThat(Setting.optional(NAME, _ -> Optional.empty())).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Setting.of(NAME, "a word", _ -> Optional.empty()))
        .withMessage(NAME + " is not set; give a word");
  }

  @ParameterizedTest
  @CsvSource({"0, out of range", "8, out of range", "7.0, it is no number", "x, it is no number"})
  void numberIsBad_itIsNamedWithWhyAndWhatIsAllowed(String text, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting(text).number(1, 7))
        .withMessage(NAME + " is '" + text + "': " + why + "; give 1 to 7");
  }

  @Test
  void fractionIsWithinItsRange_itIsRead() {
    assertThat(setting("0.5").fraction(0, 0.5f)).isEqualTo(0.5f);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, out of range",
    "0.51, out of range",
    "NaN, out of range",
    "Infinity, out of range",
    "half, it is no number"
  })
  void fractionIsBad_itIsNamedWithWhyAndWhatIsAllowed(String text, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting(text).fraction(0, 0.5f))
        .withMessage(NAME + " is '" + text + "': " + why + "; give 0.0 to 0.5");
  }

  @Test
  void truth_isOneOfTwoWords() {
    assertThat(setting("true").truth()).isTrue();
    assertThat(setting("false").truth()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting("yes").truth())
        .withMessage(NAME + " is 'yes': it is neither; give true or false");
  }

  @Test
  void parserRefuses_itsReasonIsTold() {
    Function<String, String> refusing =
        _ -> {
          throw new IllegalArgumentException("it is no colour");
        };

    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting("loud").as("a colour", refusing))
        .withMessage(NAME + " is 'loud': it is no colour; give a colour");
  }

  private static Setting setting(String text) {
    return Setting.of(NAME, "a word", source(text));
  }

  private static Function<String, Optional<String>> source(String text) {
    return name -> name.equals(NAME) ? Optional.of(text) : Optional.empty();
  }
}
