package dev.kagami.gateway.placement;

/**
 * What a round of correction has found and done.
 *
 * @param checked ids that were looked at; some more than once
 * @param missing copies that were not there
 * @param outdated copies that were old
 * @param unheard void versions at agents that did not know
 * @param extra copies that were too many
 * @param copied copies made
 * @param dropped of those that were too many
 */
public record Findings(
    long checked,
    long missing,
    long outdated,
    long unheard,
    long extra,
    long copied,
    long dropped) {
  static final Findings NONE = new Findings(0, 0, 0, 0, 0, 0, 0);

  Findings plus(Diagnosis diagnosis) {
    return new Findings(
        checked + 1,
        missing + (diagnosis.newest().isEmpty() ? 0 : diagnosis.missing().size()),
        outdated + diagnosis.outdated().size(),
        unheard + diagnosis.unheard().size(),
        extra + diagnosis.extra().size(),
        copied,
        dropped);
  }

  /** These, and what was done about them. */
  Findings with(long copiesMade, long copiesDropped) {
    return new Findings(
        checked, missing, outdated, unheard, extra, copied + copiesMade, dropped + copiesDropped);
  }

  @Override
  public String toString() {
    return checked
        + " ids checked, "
        + missing
        + " copies missing, "
        + outdated
        + " outdated, "
        + extra
        + " too many, "
        + unheard
        + " voids unheard; "
        + copied
        + " copies made, "
        + dropped
        + " dropped";
  }
}
