package dev.kagami.transport.codec;

import com.google.protobuf.Internal;
import dev.kagami.core.vector.Vector;
import java.util.List;

/** Repeated floats of a message, read without boxing. */
final class Floats {
  private Floats() {}

  /**
   * The floats of a generated message's getter. Every such list is an {@link Internal.FloatList};
   * asking it directly keeps the loop free of boxing and of a call through a lambda.
   */
  static Vector vector(List<Float> repeated) {
    var list = (Internal.FloatList) repeated;
    var floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = list.getFloat(i);
    }
    return Vector.adopt(floats);
  }
}
