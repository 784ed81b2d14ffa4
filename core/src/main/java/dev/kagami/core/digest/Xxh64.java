package dev.kagami.core.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * XXH64 with seed 0, after the XXH64 part of the published xxHash specification (version 0.1.1):
 * fast, well mixed, not cryptographic. Stateless and thread-safe.
 */
public final class Xxh64 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  /** PRIME_1 + PRIME_2, modulo 2^64. */
  private static final long FIRST_LANE = 0x60EA27EEADC0B5D6L;

  private static final int STRIPE = 32;

  private Xxh64() {}

  /** The hash of {@code text} in UTF-8. */
  public static long hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of the little-endian IEEE 754 bits of {@code floats}; -0.0 differs from 0.0. */
  public static long hash(float[] floats) {
    var bytes = new byte[floats.length * Float.BYTES];
    for (int i = 0; i < floats.length; i++) {
      INTS.set(bytes, i * Float.BYTES, Float.floatToRawIntBits(floats[i]));
    }
    return hash(bytes);
  }

  /** The hash of all of {@code input}. */
  public static long hash(byte[] input) {
    int at = 0;
    long hash;
    if (input.length >= STRIPE) {
      long a = FIRST_LANE;
      long b = PRIME_2;
      long c = 0;
      long d = -PRIME_1;
      for (; at <= input.length - STRIPE; at += STRIPE) {
        a = round(a, longAt(input, at));
        b = round(b, longAt(input, at + 8));
        c = round(c, longAt(input, at + 16));
        d = round(d, longAt(input, at + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = merge(merge(merge(merge(hash, a), b), c), d);
    } else {
      hash = PRIME_5;
    }
    return avalanche(tail(hash + input.length, input, at));
  }

  private static long tail(long start, byte[] input, int from) {
    long hash = start;
    int at = from;
    for (; at <= input.length - Long.BYTES; at += Long.BYTES) {
      hash = Long.rotateLeft(hash ^ round(0, longAt(input, at)), 27) * PRIME_1 + PRIME_4;
    }
    if (at <= input.length - Integer.BYTES) {
      long four = Integer.toUnsignedLong((int) INTS.get(input, at));
      hash = Long.rotateLeft(hash ^ (four * PRIME_1), 23) * PRIME_2 + PRIME_3;
      at += Integer.BYTES;
    }
    for (; at < input.length; at++) {
      hash = Long.rotateLeft(hash ^ ((input[at] & 0xFF) * PRIME_5), 11) * PRIME_1;
    }
    return hash;
  }

  private static long longAt(byte[] input, int at) {
    return (long) LONGS.get(input, at);
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long start) {
    long hash = (start ^ (start >>> 33)) * PRIME_2;
    hash = (hash ^ (hash >>> 29)) * PRIME_3;
    return hash ^ (hash >>> 32);
  }
}
