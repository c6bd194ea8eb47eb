package dev.fedcore.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in aligned columns. A cell that is empty shows as `-`.
public final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... head) {
    rows.add(List.of(head));
  }

  /// Adds one row, with as many cells as the head.
  public Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException("a row has as many cells as the head");
    }
    var row = new ArrayList<String>();
    for (String cell : cells) {
      row.add(cell.isEmpty() ? "-" : Terminal.printable(cell));
    }
    rows.add(List.copyOf(row));
    return this;
  }

  /// Prints it; words with a meaning are tinted.
  public void print(Terminal terminal) {
    int[] widths = widths();
    for (List<String> row : rows) {
      terminal.line(line(row, widths, terminal).stripTrailing());
    }
  }

  private static String line(List<String> row, int[] widths, Terminal terminal) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      line.append(terminal.tinted(cell)).repeat(" ", widths[i] - cell.length()).append(GAP);
    }
    return line.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }
}
