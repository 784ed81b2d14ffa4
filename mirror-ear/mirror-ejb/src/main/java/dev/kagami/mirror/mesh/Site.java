package dev.kagami.mirror.mesh;

import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.WriterNumber;
import java.util.regex.Pattern;

/**
 * Who a site is: two sites of a mesh share neither the name nor the number.
 *
 * @param name letters, digits, points, hyphens and underscores, at most 63
 * @param number 1 to {@value WriterNumber#MAX_SITE}
 */
public record Site(String name, int number) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /**
   * @throws IllegalArgumentException if the name or the number is none
   */
  public Site {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "site name '" + shortened(name) + "' is not within " + NAME.pattern());
    }
    if (number < 1 || number > WriterNumber.MAX_SITE) {
      throw new IllegalArgumentException(
          "site number " + number + " is not within 1 to " + WriterNumber.MAX_SITE);
    }
  }

  /**
   * @throws IllegalArgumentException if what is shown names no site
   */
  static Site of(Description shown) {
    return new Site(shown.site(), shown.siteNumber());
  }

  /** Whether the two are different sites that cannot both be told apart. */
  boolean clashesWith(Site other) {
    return !equals(other) && (name.equals(other.name) || number == other.number);
  }

  private static String shortened(String name) {
    return name.length() > 63 ? name.substring(0, 63) + "…" : name;
  }

  @Override
  public String toString() {
    return "site " + name + " with number " + number;
  }
}
