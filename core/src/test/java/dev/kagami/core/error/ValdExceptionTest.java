package dev.kagami.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ErrorDetail.FieldViolation;
import dev.kagami.core.error.ErrorDetail.TargetOutcome;
import dev.kagami.core.error.ValdException.Code;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValdExceptionTest {

  @ParameterizedTest
  @EnumSource
  void everyCode_hasItsOwnType(Code code) {
    var cause = new IllegalStateException("cause");
    var detail = new FieldViolation("id", "empty");

    var error = ValdException.of(code, "what happened", List.of(detail), cause);

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.getClass().getSimpleName().toUpperCase(Locale.ROOT))
        .isEqualTo(code.name().replace("_", ""));
    assertThat(error).hasMessage("what happened").hasCause(cause);
    assertThat(error.details()).containsExactly(detail);
  }

  @ParameterizedTest
  @EnumSource
  void onlyAFaultOfOurs_carriesItsStackTrace(Code code) {
    var error = ValdException.of(code, "what happened", List.of(), null);

    assertThat(error.getStackTrace().length > 0).isEqualTo(code == Code.INTERNAL);
  }

  @ParameterizedTest
  @EnumSource
  void retold_isTheSameFailureInOtherWords(Code code) {
    var error = ValdException.of(code, "what happened", List.of(), null);
    var detail = new TargetOutcome("B", "rolled back");

    var retold = error.retold("B: what happened", List.of(detail));

    assertThat(retold).hasSameClassAs(error).hasMessage("B: what happened").hasCause(error);
    assertThat(retold.details()).containsExactly(detail);
  }

  @Test
  void argumentIsRefused_theDetailNamesTheField() {
    var error = new ValdException.InvalidArgument("vector", "too short");

    assertThat(error.details()).containsExactly(new FieldViolation("vector", "too short"));
    assertThat(error).hasMessage("too short");
  }
}
