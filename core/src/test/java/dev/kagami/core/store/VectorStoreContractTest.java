package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.SearchQuery.Method;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite itself: a store with a fault must not pass. */
class VectorStoreContractTest {

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "forgets an undo",
            BrokenVectorStores.ForgetsUndo::new,
            UndoContract::updateIsRevoked_theOldVersionShowsAgainBitForBit),
        fault(
            "forgets an undo that came first",
            BrokenVectorStores.ForgetsEarlyUndo::new,
            UndoContract::undoCameFirst_theWriteIsAborted),
        fault(
            "depends on the order of undo and write",
            BrokenVectorStores.ForgetsEarlyUndo::new,
            UndoContract::writesAndUndosInAnyOrderAndRepeated_endInOneState),
        fault(
            "drops what lies beneath at once",
            BrokenVectorStores.DropsBeneathAtOnce::new,
            SettleContract::nothingIsSettled_allVersionsAreKept),
        fault(
            "undoes by writing the old vector once more",
            BrokenVectorStores.UndoesByInverse::new,
            UndoContract::updateIsRevoked_theOldVersionShowsAgainBitForBit),
        fault(
            "meets its own stamp as already exists",
            BrokenVectorStores.MeetsItself::new,
            StampContract::sameStampAgain_isAnsweredAsNewestAndChangesNothing),
        fault(
            "checks nothing",
            BrokenVectorStores.ChecksNothing::new,
            WriteContract::insertUnderTakenId_alreadyExists),
        fault(
            "accepts two inserts of one id",
            BrokenVectorStores.ChecksNothing::new,
            WriteContract::insertsOfOneIdAtOnce_exactlyOneIsAccepted),
        fault(
            "gives a user's write an old time",
            BrokenVectorStores.LagsBehind::new,
            StampContract::usersWriteAfterPeersWrite_isNewer),
        fault(
            "flushes odd floats to zero",
            BrokenVectorStores.FlushesToZero::new,
            WriteContract::vectorWithOddFloats_isKeptBitForBit),
        fault(
            "takes 0.0 and -0.0 for the same data",
            BrokenVectorStores.FlushesToZero::new,
            WriteContract::signOfZeroDiffers_isOtherData),
        fault(
            "settles other writers' versions",
            BrokenVectorStores.SettlesEverybody::new,
            SettleContract::anotherWriterSettles_isNotOurs),
        fault(
            "forgets what not everybody knows",
            BrokenVectorStores.ForgetsForEverybody::new,
            TrimContract::somebodyDoesNotKnowTheRemoval_isRemembered),
        fault(
            "drops whatever is there",
            BrokenVectorStores.DropsAnything::new,
            DropContract::newerVersionCameMeanwhile_stays),
        fault(
            "finds a write one search late",
            BrokenVectorStores.SearchesLate::new,
            suite -> suite.acknowledgedWrite_isFoundByTheVeryNextSearch(Method.GRAPH)),
        fault(
            "tells no marks", BrokenVectorStores.HidesMarks::new, ChangesContract::undo_isAChange),
        fault(
            "takes a page for all",
            BrokenVectorStores.EndsWithThePage::new,
            ChangesContract::ids_areListedByTheirHashWithWhatIsKept),
        fault(
            "lacks what is superseded",
            BrokenVectorStores.LacksWhatIsSuperseded::new,
            ChangesContract::offeredVersionIsSupersededOrUndone_isNotLacking),
        fault(
            "answers the farthest first",
            BrokenVectorStores.MistakesDistanceForScore::new,
            suite ->
                suite.moreIsStoredThanWanted_theNearestAreAnsweredNearestFirst(Method.LINEAR)));
  }

  private static Arguments fault(
      String name, UnaryOperator<VectorStore> broken, Consumer<VectorStoreContract> test) {
    return argumentSet(name, broken, test);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void storeIsBroken_theSuiteNoticesAndPassesTheSoundOne(
      UnaryOperator<VectorStore> broken, Consumer<VectorStoreContract> test) {
    assertThatCode(() -> test.accept(new Suite(sound -> sound))).doesNotThrowAnyException();

    assertThatThrownBy(() -> test.accept(new Suite(broken)))
        .as("an error ends a test as a failed assertion does")
        .isInstanceOfAny(AssertionError.class, ValdException.class);
  }

  private static final class Suite extends VectorStoreContract {
    private final ControlledScheduler time = new ControlledScheduler();
    private final VectorStore store;

    Suite(UnaryOperator<VectorStore> around) {
      var writer = new WriterNumber(1, WriterNumber.AGENT);
      this.store = around.apply(new InMemoryVectorStore("memory", space(), writer, time));
    }

    @Override
    public VectorStore store() {
      return store;
    }

    @Override
    public InstantSource clock() {
      return time;
    }
  }
}
