package dev.kagami.core.vector;

import dev.kagami.core.error.ValdException.InvalidArgument;

/**
 * What a component of a vector can be, with the spellings that Vald's configuration accepts. On the
 * wire all components are float32.
 */
public enum ObjectType {
  /** Every finite float32. */
  FLOAT("float float32 f f32 fp32 double", "finite numbers"),
  /** IEEE 754 half precision; what lies between two of its numbers is rounded to even. */
  FLOAT16("float16 halffloat hf f16 fp16", "numbers from -65504 to 65504"),
  /** Eight bits; anything but these integers is refused. */
  UINT8("uint8 ui8 u8", "integers from 0 to 255");

  private static final int MOST_UINT8 = 255;

  private final String names;
  private final String range;

  ObjectType(String names, String range) {
    this.names = names;
    this.range = range;
  }

  /**
   * The type that {@code text} names; case, blanks, hyphens and underscores do not matter.
   *
   * @throws IllegalArgumentException if none is, naming all that are known
   */
  public static ObjectType parse(String text) {
    return Spellings.parse("object type", values(), type -> type.names, text);
  }

  /** The spelling that Kagami itself writes. */
  public String spelling() {
    return Spellings.own(names);
  }

  /**
   * {@code vector} in this type: the same bits where they are of this type.
   *
   * @throws InvalidArgument naming the first component that this type cannot hold
   */
  Vector hold(Vector vector) {
    if (this == FLOAT) {
      for (int i = 0; i < vector.dimension(); i++) {
        check(i, vector.component(i), Float.isFinite(vector.component(i)));
      }
      return vector;
    }
    var held = new float[vector.dimension()];
    for (int i = 0; i < held.length; i++) {
      held[i] = held(i, vector.component(i));
    }
    return Vector.adopt(held);
  }

  private float held(int position, float component) {
    return switch (this) {
      case FLOAT -> component;
      case FLOAT16 -> {
        float half = Float.float16ToFloat(Float.floatToFloat16(component));
        check(position, component, Float.isFinite(half));
        yield half;
      }
      case UINT8 -> {
        int integer = (int) component;
        check(position, component, integer == component && integer >= 0 && integer <= MOST_UINT8);
        yield integer;
      }
    };
  }

  private void check(int position, float component, boolean isHeld) {
    if (!isHeld) {
      throw new InvalidArgument(
          "vector",
          "component " + position + " is " + component + "; only " + range + " can be kept");
    }
  }
}
