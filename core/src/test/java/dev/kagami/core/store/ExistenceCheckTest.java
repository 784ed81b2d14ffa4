package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistenceCheckTest {
  private static final VectorId ID = new VectorId("an-id");
  private static final Timestamp THERE = new Timestamp(1_000);

  /** What an existence check may find. */
  enum Found {
    NOTHING,
    TOMBSTONE,
    SAME,
    OTHER
  }

  /** The time of the write, seen from the version that is there. */
  enum Time {
    OURS,
    OLDER,
    EQUAL,
    NEWER
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          write  | time  | found     | answer
          INSERT | OURS  | NOTHING   | OK
          INSERT | OURS  | TOMBSTONE | OK
          INSERT | OURS  | SAME      | ALREADY_EXISTS
          INSERT | OURS  | OTHER     | ALREADY_EXISTS
          INSERT | NEWER | SAME      | ALREADY_EXISTS
          INSERT | NEWER | OTHER     | ALREADY_EXISTS
          INSERT | OLDER | TOMBSTONE | OK

          UPDATE | OURS  | NOTHING   | NOT_FOUND
          UPDATE | OURS  | TOMBSTONE | NOT_FOUND
          UPDATE | NEWER | TOMBSTONE | NOT_FOUND
          UPDATE | OURS  | OTHER     | OK
          UPDATE | OLDER | OTHER     | OK
          UPDATE | OURS  | SAME      | ALREADY_EXISTS
          UPDATE | OLDER | SAME      | ALREADY_EXISTS
          UPDATE | EQUAL | SAME      | ALREADY_EXISTS
          UPDATE | NEWER | SAME      | OK

          UPSERT | OURS  | NOTHING   | OK
          UPSERT | OURS  | TOMBSTONE | OK
          UPSERT | OURS  | OTHER     | OK
          UPSERT | OLDER | OTHER     | OK
          UPSERT | OURS  | SAME      | ALREADY_EXISTS
          UPSERT | OLDER | SAME      | ALREADY_EXISTS
          UPSERT | EQUAL | SAME      | ALREADY_EXISTS
          UPSERT | NEWER | SAME      | OK

          REMOVE | OURS  | NOTHING   | NOT_FOUND
          REMOVE | OURS  | TOMBSTONE | NOT_FOUND
          REMOVE | OURS  | OTHER     | OK
          REMOVE | OLDER | OTHER     | OK
          """)
  void checkedWrite_isJudgedByWhatIsThere(Write write, Time time, Found found, String answer) {
    var mutation = write.at(time(time));

    assertThat(judge(mutation, found)).isEqualTo(answer);
    assertThat(judge(mutation.at(mutation.time().stamped(new Stamp(2_048))), found))
        .as("the same for a stamped write")
        .isEqualTo(answer);
    assertThat(judge(mutation.unconditional(), found)).as("unconditional").isEqualTo("OK");
  }

  enum Write {
    INSERT,
    UPDATE,
    UPSERT,
    REMOVE;

    Mutation at(WriteTime time) {
      var vector = Vector.of(1, 2);
      return switch (this) {
        case INSERT -> new Mutation.Insert(ID, vector, time);
        case UPDATE -> new Mutation.Update(ID, vector, time);
        case UPSERT -> new Mutation.Upsert(ID, vector, time);
        case REMOVE -> new Mutation.Remove(ID, time);
      };
    }
  }

  private static WriteTime time(Time time) {
    return switch (time) {
      case OURS -> WriteTime.UNSTAMPED;
      case OLDER -> WriteTime.ofClient(new Timestamp(999));
      case EQUAL -> WriteTime.ofClient(THERE);
      case NEWER -> WriteTime.ofClient(new Timestamp(1_001));
    };
  }

  /** The content is not to be compared where nothing visible is there. */
  private static String judge(Mutation mutation, Found found) {
    BooleanSupplier sameContent =
        switch (found) {
          case SAME -> () -> true;
          case OTHER -> () -> false;
          case NOTHING, TOMBSTONE ->
              () -> {
                throw new AssertionError("nothing is there to compare with");
              };
        };
    try {
      ExistenceCheck.judge(mutation, head(found), sameContent);
      return "OK";
    } catch (ValdException refused) {
      assertThat(refused).hasMessageContaining(ID.value());
      return refused.code().name();
    }
  }

  private static Optional<Head> head(Found found) {
    return switch (found) {
      case NOTHING -> Optional.empty();
      case TOMBSTONE -> Optional.of(head(Head.Kind.TOMBSTONE));
      case SAME, OTHER -> Optional.of(head(Head.Kind.VECTOR));
    };
  }

  private static Head head(Head.Kind kind) {
    return new Head(ID, THERE, new Stamp(1_024), kind, 0);
  }
}
