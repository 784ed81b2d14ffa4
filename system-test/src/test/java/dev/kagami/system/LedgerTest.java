package dev.kagami.system;

import static dev.kagami.system.Ledger.Fault.INVENTED;
import static dev.kagami.system.Ledger.Fault.LOST;
import static dev.kagami.system.Ledger.Fault.RESURRECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.system.Ledger.Fault;
import dev.kagami.system.Ledger.Finding;
import io.grpc.Status.Code;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Optional<Integer> NOTHING = Optional.empty();

  private final Ledger ledger = new Ledger();

  private Optional<Fault> fault(Optional<Integer> held) {
    return ledger.check("id", held).map(Finding::fault);
  }

  private void written(int content, Code answer) {
    ledger.answered("id", Optional.of(content), answer);
  }

  @Test
  void acknowledgedWriteThatIsGone_isLost() {
    written(1, Code.OK);

    assertThat(fault(NOTHING)).contains(LOST);
    assertThat(fault(Optional.of(1))).isEmpty();
  }

  @Test
  void contentBeforeTheLastAcknowledged_isResurrected() {
    written(1, Code.OK);
    written(2, Code.OK);

    assertThat(fault(Optional.of(1))).contains(RESURRECTED);
    assertThat(fault(Optional.of(2))).isEmpty();
  }

  @Test
  void removedContent_isResurrected() {
    written(1, Code.OK);
    ledger.answered("id", NOTHING, Code.OK);

    assertThat(fault(Optional.of(1))).contains(RESURRECTED);
    assertThat(fault(NOTHING)).isEmpty();
  }

  @Test
  void contentThatWasNeverWritten_isInvented() {
    written(1, Code.OK);

    assertThat(fault(Optional.of(7))).contains(INVENTED);
  }

  @Test
  void refusedWrite_mustNotShow() {
    written(1, Code.OK);
    written(2, Code.ALREADY_EXISTS);

    assertThat(fault(Optional.of(2))).contains(INVENTED);
    assertThat(ledger.certain("id")).contains(Optional.of(1));
  }

  @Test
  void writeWithoutAnswer_mayShowOrNot() {
    written(1, Code.OK);
    written(2, Code.UNAVAILABLE);

    assertThat(fault(Optional.of(1))).isEmpty();
    assertThat(fault(Optional.of(2))).isEmpty();
    assertThat(fault(NOTHING)).contains(LOST);
    assertThat(ledger.certain("id")).isEmpty();
  }
}
