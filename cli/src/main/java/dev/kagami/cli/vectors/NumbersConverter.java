package dev.kagami.cli.vectors;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 0.1,-2,3e-5}. */
final class NumbersConverter implements ITypeConverter<List<Float>> {

  @Override
  public List<Float> convert(String text) {
    try {
      return Stream.of(text.split(",", -1)).map(Float::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new TypeConversionException("must be numbers like 0.1,-0.2: " + e.getMessage());
    }
  }
}
