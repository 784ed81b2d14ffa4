package dev.kagami.core.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.kagami.core.Seed;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DigestTreeTest {
  private static final int DEPTH = 4;

  /** Makes something comparable of a store's contents. */
  interface Digester extends Function<List<Head>, Object> {}

  @Test
  void treesOfTheSameContentsInAnyOrder_areEqual() {
    inAnyOrder_isTheSame(DigestTreeTest::sound);
  }

  @Test
  void oneThingDiffers_rootsDiffer() {
    otherContent_differs(DigestTreeTest::sound);
    otherTime_differs(DigestTreeTest::sound);
    otherId_differs(DigestTreeTest::sound);
    everythingTwice_differs(DigestTreeTest::sound);
  }

  @Test
  void stampAloneDiffers_isTheSame() {
    var one = head(1, 10, 100);

    var other = new Head(one.id(), one.timestamp(), new Stamp(7), one.kind(), one.contentHash());

    assertThat(other.digest()).isEqualTo(one.digest());
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        broken(
            "xor", heads -> fold(heads, (a, b) -> a ^ b), DigestTreeTest::everythingTwice_differs),
        broken("counts alone", List::size, DigestTreeTest::otherContent_differs),
        broken(
            "no content",
            ignoring(h -> head(h.id(), h.timestamp(), 0)),
            DigestTreeTest::otherContent_differs),
        broken(
            "no time",
            ignoring(h -> head(h.id(), new Timestamp(0), h.contentHash())),
            DigestTreeTest::otherTime_differs),
        broken(
            "no id",
            ignoring(h -> head(new VectorId("x"), h.timestamp(), h.contentHash())),
            DigestTreeTest::otherId_differs),
        broken(
            "order",
            heads -> fold(heads, (a, b) -> 31 * a + b),
            DigestTreeTest::inAnyOrder_isTheSame));
  }

  private static Arguments broken(String name, Digester digester, Consumer<Digester> law) {
    return argumentSet(name, digester, law);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void digestIsBroken_aLawNotices(Digester digester, Consumer<Digester> law) {
    assertThatThrownBy(() -> law.accept(digester)).isInstanceOf(AssertionError.class);
  }

  @Test
  void storesDiffer_theRangesThatDoAreNamed() {
    var heads = heads(1000);
    var changed = new ArrayList<>(heads);
    changed.set(17, head(17, 99, 17));
    changed.remove(500);
    int depth = DigestTree.depthFor(heads.size());

    var ranges = tree(depth, heads).differences(tree(depth, changed));

    var different = List.of(heads.get(17).id().hash(), heads.get(500).id().hash());
    assertThat(ranges).hasSizeBetween(1, 2);
    assertThat(different)
        .allSatisfy(hash -> assertThat(ranges).anyMatch(range -> range.contains(hash)));
    assertThat(ranges).allMatch(range -> different.stream().anyMatch(range::contains));
  }

  @Test
  void treesOfDifferentDepth_areComparedAtTheLesser() {
    var heads = heads(1000);
    var changed = new ArrayList<>(heads.subList(0, 999));

    assertThat(tree(7, heads).differences(tree(3, heads))).isEmpty();
    assertThat(tree(7, heads).differences(tree(3, changed)))
        .singleElement()
        .satisfies(range -> {
          assertThat(range.contains(heads.get(999).id().hash())).isTrue();
          assertThat(Long.toUnsignedString(range.last() - range.first() + 1, 16))
              .isEqualTo("2000000000000000");
        });
  }

  @Test
  void rangesOfOneDepth_areSumsAndCoverAll() {
    var tree = tree(5, heads(300));

    var sum =
        IntStream.range(0, 32)
            .mapToObj(prefix -> tree.of(5, prefix))
            .reduce(RangeDigest.EMPTY, RangeDigest::plus);

    assertThat(sum).isEqualTo(tree.root());
    assertThat(sum.count()).isEqualTo(300);
    assertThat(HashRange.ofPrefix(0, 0)).isEqualTo(HashRange.ALL);
    assertThat(HashRange.ofPrefix(5, 31).last()).isEqualTo(-1);
  }

  @Test
  void depth_givesLeavesOfAboutSixteen() {
    assertThat(DigestTree.depthFor(0)).isZero();
    assertThat(DigestTree.depthFor(16)).isZero();
    assertThat(DigestTree.depthFor(32)).isEqualTo(1);
    assertThat(DigestTree.depthFor(1_000_000)).isEqualTo(15);
    assertThat(DigestTree.depthFor(Long.MAX_VALUE)).isEqualTo(DigestTree.MAX_DEPTH);
  }

  private static void inAnyOrder_isTheSame(Digester digester) {
    var seed = Seed.next();
    var shuffled = new ArrayList<>(heads(100));
    Collections.shuffle(shuffled, new Random(seed.value()));

    assertThat(digester.apply(shuffled)).as("%s", seed).isEqualTo(digester.apply(heads(100)));
  }

  private static void otherContent_differs(Digester digester) {
    differs(digester, head(1, 10, 101));
  }

  private static void otherTime_differs(Digester digester) {
    differs(digester, head(1, 11, 100));
  }

  private static void otherId_differs(Digester digester) {
    differs(digester, head(2, 10, 100));
  }

  private static void differs(Digester digester, Head other) {
    assertThat(digester.apply(List.of(other)))
        .isNotEqualTo(digester.apply(List.of(head(1, 10, 100))));
  }

  /** As when replicas were counted each. */
  private static void everythingTwice_differs(Digester digester) {
    var twice = Stream.concat(heads(10).stream(), heads(10).stream()).toList();

    assertThat(digester.apply(twice)).isNotEqualTo(digester.apply(List.of()));
  }

  private static RangeDigest sound(List<Head> heads) {
    return tree(DEPTH, heads).root();
  }

  private static DigestTree tree(int depth, List<Head> heads) {
    var builder = DigestTree.ofDepth(depth);
    heads.forEach(head -> builder.add(head.id().hash(), head.digest()));
    return builder.build();
  }

  private static Object fold(List<Head> heads, BinaryOperator<Long> sum) {
    return heads.stream().map(Head::digest).reduce(0L, sum);
  }

  private static Digester ignoring(Function<Head, Head> without) {
    return heads -> sound(heads.stream().map(without).toList());
  }

  private static List<Head> heads(int count) {
    return IntStream.range(0, count).mapToObj(i -> head(i, 10, i)).toList();
  }

  private static Head head(int id, long time, long contentHash) {
    return head(new VectorId("id-" + id), new Timestamp(time), contentHash);
  }

  private static Head head(VectorId id, Timestamp time, long contentHash) {
    return new Head(id, time, new Stamp(1), Head.Kind.VECTOR, contentHash);
  }
}
