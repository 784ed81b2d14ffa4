package dev.kagami.cli.mirror;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An answer as people read it: a list as a table with these columns, anything else line by line.
 *
 * @param columns members of the list's elements, in this order
 */
record AnswerTable(List<String> columns) {
  AnswerTable(String... columns) {
    this(List.of(columns));
  }

  String text(Value answer) {
    return switch (answer.getKindCase()) {
      case LIST_VALUE -> table(answer.getListValue().getValuesList());
      case STRUCT_VALUE -> lines(answer.getStructValue());
      case NULL_VALUE, KIND_NOT_SET -> "";
      case BOOL_VALUE, NUMBER_VALUE, STRING_VALUE -> cell(answer) + "\n";
    };
  }

  private String table(List<Value> elements) {
    var rows = new ArrayList<List<String>>();
    rows.add(columns.stream().map(column -> column.toUpperCase(Locale.ROOT)).toList());
    for (var element : elements) {
      var members = element.getStructValue();
      rows.add(columns.stream().map(column -> cell(member(members, column))).toList());
    }
    return rows.stream().map(row -> line(row, rows)).collect(Collectors.joining());
  }

  private static Value member(Struct members, String name) {
    return members.getFieldsOrDefault(name, Value.getDefaultInstance());
  }

  private static String line(List<String> row, List<List<String>> rows) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
      line.append(String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s  ", row.get(i)));
    }
    return line.toString().stripTrailing() + "\n";
  }

  private static String lines(Struct members) {
    return members.getFieldsMap().entrySet().stream()
        .map(member ->
            String.format(Locale.ROOT, "%-10s  %s%n", member.getKey(), cell(member.getValue())))
        .collect(Collectors.joining());
  }

  private static String cell(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE -> number(value.getNumberValue());
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case LIST_VALUE ->
          value.getListValue().getValuesList().stream()
              .map(AnswerTable::cell)
              .collect(Collectors.joining(", "));
      case STRUCT_VALUE ->
          value.getStructValue().getFieldsMap().entrySet().stream()
              .map(member -> member.getKey() + "=" + cell(member.getValue()))
              .collect(Collectors.joining(", "));
      case NULL_VALUE, KIND_NOT_SET -> "";
    };
  }

  private static String number(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.1f", number);
  }
}
