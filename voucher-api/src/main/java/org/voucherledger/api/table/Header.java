package org.voucherledger.api.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The first row that is not blank: which column of the file is which of the list. */
public final class Header {

    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> headings = new ArrayList<>();

    private Header() {}

    /** @throws FileFlaw if a heading is not known, stands twice or is missing */
    public static Header of(SheetRow row, List<Column> columns) {
        return read(row, columns, false);
    }

    /**
     * Of a file that others make for purposes of their own: columns that are not asked for are passed over.
     *
     * @throws FileFlaw if a heading that is asked for stands twice or is missing
     */
    public static Header among(SheetRow row, List<Column> columns) {
        return read(row, columns, true);
    }

    private static Header read(SheetRow row, List<Column> columns, boolean othersToo) {
        Header header = new Header();
        for (int place = 0; place < row.cells().size(); place++) {
            SheetCell cell = row.cell(place);
            header.headings.add(cell.text().strip());
            if (!cell.isBlank() && (!othersToo || known(cell, columns).isPresent())) {
                header.enter(row.line(), place, cell, columns);
            }
        }
        List<String> missing = columns.stream()
                .filter(column -> column.needed() && !header.places.containsKey(column.field()))
                .map(Column::usual)
                .toList();
        if (!missing.isEmpty()) {
            throw new FileFlaw(
                    row.line(),
                    String.join("、", missing),
                    "HeadingMissing",
                    new Words("缺少列：" + String.join("、", missing) + "。", "Columns are missing: " + missing + "."));
        }
        return header;
    }

    private void enter(long line, int place, SheetCell cell, List<Column> columns) {
        Column column = known(cell, columns).orElseThrow(() -> {
            String known = columns.stream().map(Column::usual).collect(Collectors.joining("、"));
            return new FileFlaw(
                    line,
                    cell.text(),
                    "HeadingUnknown",
                    new Words(
                            "无法识别的列标题；可用的标题：" + known + "。标题行须为首个非空行。",
                            "This heading is not known; known are " + known
                                    + ". The headings must be the first row that is not blank."));
        });
        if (places.put(column.field(), place) != null) {
            throw new FileFlaw(
                    line, cell.text(), "HeadingTwice", new Words("列标题重复出现。", "This heading stands there twice."));
        }
    }

    private static Optional<Column> known(SheetCell heading, List<Column> columns) {
        return columns.stream()
                .filter(column -> heading.kind() == SheetCell.Kind.TEXT && column.isHeaded(heading.text()))
                .findFirst();
    }

    boolean has(Column column) {
        return places.containsKey(column.field());
    }

    SheetCell cell(SheetRow row, Column column) {
        Integer place = places.get(column.field());
        return place == null ? SheetCell.EMPTY : row.cell(place);
    }

    /** As it stands in the file; the usual one where the file does not have the column. */
    public String heading(Column column) {
        Integer place = places.get(column.field());
        return place == null ? column.usual() : headings.get(place);
    }

    /** The first place that holds something without having a heading, or -1. */
    int unheaded(SheetRow row) {
        for (int place = 0; place < row.cells().size(); place++) {
            boolean headed = place < headings.size() && !headings.get(place).isEmpty();
            if (!headed && !row.cell(place).isBlank()) {
                return place;
            }
        }
        return -1;
    }

    int width() {
        return headings.size();
    }
}
