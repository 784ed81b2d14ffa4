package dev.kagami.core.store;

import static dev.kagami.core.error.ValdException.Code.INVALID_ARGUMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ErrorDetail.FieldViolation;
import dev.kagami.core.store.SearchQuery.Method;
import dev.kagami.core.store.SearchQuery.Subject;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Bad input, refused before anything changes. What no value can hold is tested beside the value.
 */
interface InputContract extends StoreUnderTest {

  @Test
  default void vectorCannotBeHeld_writeIsRefusedAndNothingChanges() {
    apply(new Mutation.Insert(ID, vector(1), WriteTime.UNSTAMPED));

    badVectors()
        .forEach((why, vector) -> {
          refusedWrite("vector", why, new Mutation.Insert(ID, vector, WriteTime.UNSTAMPED));
          refusedWrite("vector", why, new Mutation.Update(ID, vector, WriteTime.UNSTAMPED));
          refusedWrite("vector", why, new Mutation.Upsert(ID, vector, WriteTime.UNSTAMPED));
        });

    shown(ID, vector(1));
  }

  @Test
  default void stampedVectorCannotBeHeld_writeIsRefusedAndNothingChanges() {
    var peer = foreignWriter(1);
    var before = find(ID);

    badVectors()
        .forEach((why, vector) -> {
          var insert = new Mutation.Insert(ID, vector, peer.now()).unconditional();
          refused(INVALID_ARGUMENT, () -> front().apply(insert, PEER));
        });

    assertThat(find(ID)).isEqualTo(before);
  }

  @Test
  default void vectorCannotBeHeld_searchIsRefused() {
    badVectors()
        .forEach((why, vector) -> {
          for (var method : Method.values()) {
            var query =
                new SearchQuery(new Subject.OfVector(vector), method, SearchOptions.nearest(1));
            var refusal = refused(INVALID_ARGUMENT, () -> front().search(query, USER));
            assertThat(refusal).hasMessageContaining(why);
          }
        });
  }

  @Test
  default void clientsTimeIsBefore1970OrTooFarAhead_refused() {
    var tooFar = Timestamp.of(clock().instant().plus(Duration.ofMinutes(11)));
    for (var bad : List.of(new Timestamp(-1), new Timestamp(Long.MIN_VALUE), tooFar)) {
      var time = WriteTime.ofClient(bad);
      refusedWrite("timestamp", "timestamp", new Mutation.Insert(ID, vector(1), time));
      refusedWrite("timestamp", "timestamp", new Mutation.Remove(ID, time));
    }

    assertThat(find(ID).newest()).isEmpty();
  }

  @Test
  default void clientsTimeIsAsFarAheadAsAllowed_accepted() {
    var time = Timestamp.of(clock().instant().plus(Duration.ofMinutes(9)));

    await(front().apply(new Mutation.Insert(ID, vector(1), WriteTime.ofClient(time)), USER));

    assertThat(shown(ID, vector(1)).timestamp()).isEqualTo(time);
  }

  private void refusedWrite(String field, String why, Mutation mutation) {
    var before = find(ID).newest();

    var refusal = refused(INVALID_ARGUMENT, () -> front().apply(mutation, USER));

    assertThat(refusal).hasMessageContaining(why);
    assertThat(refusal.details())
        .filteredOn(FieldViolation.class::isInstance)
        .extracting(detail -> ((FieldViolation) detail).field())
        .containsExactly(field);
    assertThat(find(ID).newest()).isEqualTo(before);
  }

  /** By a part of the message that has to tell what is wrong. */
  private Map<String, Vector> badVectors() {
    int dimension = space().dimension();
    var bad = new LinkedHashMap<String, Vector>();
    bad.put("component 1 is NaN", withComponent(1, Float.NaN));
    bad.put("component 0 is Infinity", withComponent(0, Float.POSITIVE_INFINITY));
    bad.put(
        "component " + (dimension - 1) + " is -Infinity",
        withComponent(dimension - 1, Float.NEGATIVE_INFINITY));
    for (int other : new int[] {0, 1, dimension - 1, dimension + 1, 70_000}) {
      var components = new float[other];
      Arrays.fill(components, 1);
      bad.put("vector has " + other + " dimensions", Vector.adopt(components));
    }
    if (space().metric().needsDirection()) {
      bad.put("zero vector", Vector.adopt(new float[dimension]));
    }
    return bad;
  }

  private Vector withComponent(int index, float component) {
    var components = vector(1).toArray();
    components[index] = component;
    return Vector.adopt(components);
  }
}
