package dev.kagami.mirror.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.mesh.Admission.Verdict;
import dev.kagami.transport.client.Address;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
  private static final Description OWN =
      new Description(Role.MIRROR, "A", 1, "mirror-1", new VectorSpace(4, Metric.L2), Stamp.NONE);
  private static final Map<Address, Site> OTHERS =
      Map.of(new Address("c.example", 8081), new Site("C", 3));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          another site               | MIRROR  | B | 2  | mirror-1 | 4 | l2     |     | Welcome   | ''
          the site it was            | MIRROR  | B | 2  | mirror-1 | 4 | l2     | B/2 | Welcome   | ''
          itself                     | MIRROR  | A | 1  | mirror-1 | 4 | l2     |     | Redundant | this site itself
          another mirror of the site | MIRROR  | A | 1  | mirror-2 | 4 | l2     |     | Redundant | this site itself
          own number, other name     | MIRROR  | B | 1  | mirror-1 | 4 | l2     |     | Refused   | which is this one
          own name, other number     | MIRROR  | A | 2  | mirror-1 | 4 | l2     |     | Refused   | which is this one
          known under another address| MIRROR  | C | 3  | mirror-1 | 4 | l2     |     | Redundant | already known as c.example:8081
          number of another target   | MIRROR  | B | 3  | mirror-1 | 4 | l2     |     | Refused   | at c.example:8081
          name of another target     | MIRROR  | C | 2  | mirror-1 | 4 | l2     |     | Refused   | at c.example:8081
          other dimension            | MIRROR  | B | 2  | mirror-1 | 5 | l2     |     | Refused   | dimension 5, distance l2, this site dimension 4, distance l2
          other distance             | MIRROR  | B | 2  | mirror-1 | 4 | cosine |     | Refused   | distance cosine, this site dimension 4, distance l2
          a gateway                  | GATEWAY | B | 2  | gateway  | 4 | l2     |     | Refused   | GATEWAY
          an agent                   | AGENT   | B | 2  | agent-1  | 4 | l2     |     | Refused   | AGENT
          another site than before   | MIRROR  | B | 2  | mirror-1 | 4 | l2     | D/4 | Refused   | it was site D
          this site, another before  | MIRROR  | A | 1  | mirror-1 | 4 | l2     | D/4 | Refused   | it was site D
          number out of range        | MIRROR  | B | 16 | mirror-1 | 4 | l2     |     | Refused   | site number 16
          number zero                | MIRROR  | B | 0  | mirror-1 | 4 | l2     |     | Refused   | site number 0
          name like an address       | MIRROR  | b:1 | 2 | mirror-1 | 4 | l2    |     | Refused   | site name 'b:1'
          no name                    | MIRROR  | '' | 2 | mirror-1 | 4 | l2     |     | Refused   | site name ''
          """)
  void introduction_isJudged(
      String situation,
      Role role,
      String site,
      int number,
      String name,
      int dimension,
      String metric,
      String before,
      String verdict,
      String reason) {
    var space = new VectorSpace(dimension, Metric.parse(metric));
    var shown = new Description(role, site, number, name, space, Stamp.NONE);

    var judged =
        Admission.judge(OWN, shown, Optional.ofNullable(before).map(AdmissionTest::site), OTHERS);

    assertThat(judged.getClass().getSimpleName()).as(situation).isEqualTo(verdict);
    assertThat(reasonOf(judged)).contains(reason);
  }

  private static Site site(String text) {
    var parts = text.split("/", -1);
    return new Site(parts[0], Integer.parseInt(parts[1]));
  }

  private static String reasonOf(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Welcome _ -> "";
      case Verdict.Refused(var reason) -> reason;
      case Verdict.Redundant(_, var reason) -> reason;
    };
  }
}
