package dev.kagami.core.store;

import static dev.kagami.core.error.ValdException.Code.ALREADY_EXISTS;
import static dev.kagami.core.error.ValdException.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes as a user makes them: without a stamp, with or without a time. */
interface WriteContract extends StoreUnderTest {

  @Test
  default void insertUnderNewId_isVisibleAsSent() {
    var applied = apply(insert(vector(1)));

    assertThat(applied.standing()).isEqualTo(Applied.Standing.TOP);
    assertThat(applied.previous()).isEmpty();
    assertThat(applied.location().id()).isEqualTo(ID);
    assertThat(applied.location().name()).isNotBlank();
    var version = shown(ID, vector(1));
    assertThat(version.id()).isEqualTo(ID);
    assertThat(version.stamp().isNone()).isFalse();
    assertThat(version.timestamp()).isEqualTo(version.stamp().asTimestamp());
  }

  @Test
  default void insertWithClientsTime_keepsThatTime() {
    var time = ago(Duration.ofDays(400));

    apply(new Mutation.Insert(ID, vector(1), WriteTime.ofClient(time)));

    assertThat(shown(ID, vector(1)).timestamp()).isEqualTo(time);
  }

  @Test
  default void insertUnderTakenId_alreadyExists() {
    apply(insert(vector(1)));

    refused(ALREADY_EXISTS, insert(vector(1)));
    refused(ALREADY_EXISTS, insert(vector(2)));
    refused(ALREADY_EXISTS, new Mutation.Insert(ID, vector(2), WriteTime.ofClient(soon())));
  }

  @Test
  default void insertsOfOneIdAtOnce_exactlyOneIsAccepted() {
    var answers = new ArrayList<CompletionStage<Applied>>();
    for (int i = 0; i < 16; i++) {
      answers.add(store().apply(insert(vector(i)), USER));
    }

    int winner = -1;
    for (int i = 0; i < answers.size(); i++) {
      if (isAccepted(answers.get(i))) {
        assertThat(winner).as("another winner than " + i).isEqualTo(-1);
        winner = i;
      }
    }
    shown(ID, vector(winner));
  }

  @Test
  default void updateOfExistingId_replacesTheVector() {
    apply(insert(vector(1)));
    var old = shown(ID, vector(1));

    var applied = apply(update(vector(2)));

    assertThat(applied.standing()).isEqualTo(Applied.Standing.TOP);
    assertThat(applied.previous()).contains(old.head());
    assertThat(shown(ID, vector(2)).head().isNewerThan(old.head())).isTrue();
  }

  @Test
  default void updateOfUnknownId_notFound() {
    refused(NOT_FOUND, update(vector(1)));

    assertThat(visible(ID)).isEmpty();
  }

  @Test
  default void upsert_storesUnderNewIdAndReplacesUnderTakenOne() {
    assertThat(apply(upsert(vector(1))).previous()).isEmpty();
    shown(ID, vector(1));

    apply(upsert(vector(2)));
    shown(ID, vector(2));
  }

  @Test
  default void remove_hidesTheVectorAndLeavesTombstone() {
    apply(insert(vector(1)));

    var applied = apply(remove());

    assertThat(applied.standing()).isEqualTo(Applied.Standing.TOP);
    assertThat(applied.previous().map(Head::kind)).contains(Head.Kind.VECTOR);
    assertThat(visible(ID)).isEmpty();
    assertThat(find(ID).newest().map(Version::isTombstone)).contains(true);
  }

  @Test
  default void removeOfUnknownOrRemovedId_notFound() {
    refused(NOT_FOUND, remove());

    apply(insert(vector(1)));
    apply(remove());

    refused(NOT_FOUND, remove());
    refused(NOT_FOUND, update(vector(2)));
  }

  @Test
  default void insertAfterRemoval_isVisible() {
    apply(insert(vector(1)));
    apply(remove());

    var applied = apply(insert(vector(1)));

    assertThat(applied.previous().map(Head::kind)).contains(Head.Kind.TOMBSTONE);
    shown(ID, vector(1));
  }

  @Test
  default void sameDataWithoutTime_alreadyExists() {
    apply(insert(vector(1)));

    refused(ALREADY_EXISTS, update(vector(1)));
    refused(ALREADY_EXISTS, upsert(vector(1)));
  }

  @Test
  default void sameDataNotNewerByClientsTime_alreadyExists() {
    var time = ago(Duration.ofMinutes(1));
    apply(new Mutation.Insert(ID, vector(1), WriteTime.ofClient(time)));

    for (var notNewer : new Timestamp[] {time, ago(Duration.ofMinutes(2))}) {
      var writeTime = WriteTime.ofClient(notNewer);
      refused(ALREADY_EXISTS, new Mutation.Update(ID, vector(1), writeTime));
      refused(ALREADY_EXISTS, new Mutation.Upsert(ID, vector(1), writeTime));
    }
  }

  @Test
  default void sameDataNewerByClientsTime_isNewVersion() {
    apply(new Mutation.Insert(ID, vector(1), WriteTime.ofClient(ago(Duration.ofMinutes(3)))));

    var later = ago(Duration.ofMinutes(2));
    apply(new Mutation.Update(ID, vector(1), WriteTime.ofClient(later)));
    assertThat(shown(ID, vector(1)).timestamp()).isEqualTo(later);

    var latest = ago(Duration.ofMinutes(1));
    apply(new Mutation.Upsert(ID, vector(1), WriteTime.ofClient(latest)));
    assertThat(shown(ID, vector(1)).timestamp()).isEqualTo(latest);
  }

  @Test
  default void olderByClientsTime_doesNotReplaceWhatIsNewer() {
    apply(insert(vector(1)));
    var older = WriteTime.ofClient(ago(Duration.ofMinutes(1)));

    doesNotBecomeNewest(new Mutation.Update(ID, vector(2), older));
    doesNotBecomeNewest(new Mutation.Upsert(ID, vector(2), older));
    doesNotBecomeNewest(new Mutation.Remove(ID, older));
    shown(ID, vector(1));
  }

  @Test
  default void olderThanTheRemovalByClientsTime_staysHidden() {
    apply(insert(vector(1)));
    apply(remove());

    doesNotBecomeNewest(
        new Mutation.Insert(ID, vector(2), WriteTime.ofClient(ago(Duration.ofMinutes(1)))));

    assertThat(visible(ID)).isEmpty();
  }

  @Test
  default void writeWithoutTimeAfterClientsFutureTime_isNewerAllTheSame() {
    var future = soon();
    apply(new Mutation.Insert(ID, vector(1), WriteTime.ofClient(future)));

    apply(update(vector(2)));

    assertThat(shown(ID, vector(2)).timestamp().isAfter(future)).isTrue();
    apply(remove());
    assertThat(visible(ID)).isEmpty();
  }

  @Test
  default void vectorWithOddFloats_isKeptBitForBit() {
    var components = vector(1).toArray();
    components[0] = -0.0f;
    components[1] = Float.MIN_VALUE;
    apply(insert(Vector.of(components)));
    shown(ID, Vector.of(components));

    components[0] = 0.0f;
    components[1] = -Float.MIN_NORMAL / 2;
    apply(update(Vector.of(components)));
    shown(ID, Vector.of(components));
  }

  @Test
  default void signOfZeroDiffers_isOtherData() {
    var components = vector(1).toArray();
    components[0] = 0.0f;
    apply(insert(Vector.of(components)));
    components[0] = -0.0f;

    apply(update(Vector.of(components)));

    shown(ID, Vector.of(components));
  }

  /** Ids that something on the way might mistake for something else. */
  enum OddId {
    NUL("a\0b"),
    ONLY_NUL("\0"),
    NEWLINE("a\r\nb"),
    PATH("../../etc/passwd"),
    BLANK(" "),
    EMOJI("\uD83D\uDE80\uD83E\uDDD1\u200D\uD83D\uDE80"),
    RIGHT_TO_LEFT("\u202Eabc\u05D0"),
    COMPOSED("\u00E9"),
    DECOMPOSED("e\u0301"),
    UPPER_CASE("AN-ID"),
    COMMA_AND_PERCENT("a,b%2F{}?&=\"'"),
    LAST_CHARACTER("\uDBFF\uDFFF"),
    LONGEST("\u3042".repeat(170) + "ab");

    private final String value;

    OddId(String value) {
      this.value = value;
    }

    VectorId id() {
      return new VectorId(value);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void oddId_isKeptExactlyAndApartFromOthers(OddId odd) {
    for (var each : OddId.values()) {
      apply(new Mutation.Insert(each.id(), vector(each.value.hashCode()), WriteTime.UNSTAMPED));
    }

    var version = shown(odd.id(), vector(odd.value.hashCode()));
    assertThat(version.id().value()).isEqualTo(odd.value);

    apply(new Mutation.Remove(odd.id(), WriteTime.UNSTAMPED));
    for (var each : OddId.values()) {
      assertThat(visible(each.id()).isPresent()).as(each.name()).isEqualTo(each != odd);
    }
  }

  /** An origin refuses it, since nobody took it as the newest; a store just says so. */
  private void doesNotBecomeNewest(Mutation older) {
    var before = find(older.id()).newest();
    try {
      assertThat(apply(older).standing()).isNotEqualTo(Applied.Standing.TOP);
    } catch (ValdException refused) {
      assertThat(refused.code()).isEqualTo(ALREADY_EXISTS);
    }
    assertThat(find(older.id()).newest()).isEqualTo(before);
  }

  private boolean isAccepted(CompletionStage<Applied> answer) {
    try {
      return await(answer).isNewest();
    } catch (ValdException refused) {
      assertThat(refused.code()).isEqualTo(ALREADY_EXISTS);
      return false;
    }
  }

  private Timestamp ago(Duration duration) {
    return Timestamp.of(clock().instant().minus(duration));
  }

  private Timestamp soon() {
    return Timestamp.of(clock().instant().plus(Duration.ofMinutes(5)));
  }

  private static Mutation insert(Vector vector) {
    return new Mutation.Insert(ID, vector, WriteTime.UNSTAMPED);
  }

  private static Mutation update(Vector vector) {
    return new Mutation.Update(ID, vector, WriteTime.UNSTAMPED);
  }

  private static Mutation upsert(Vector vector) {
    return new Mutation.Upsert(ID, vector, WriteTime.UNSTAMPED);
  }

  private static Mutation remove() {
    return new Mutation.Remove(ID, WriteTime.UNSTAMPED);
  }
}
