package org.voucherledger.api.table;

import java.util.List;

/**
 * A row of a table as it stands in the file.
 *
 * @param line where it begins, counted from one: a line of a CSV file, a row of a sheet
 * @param since1904 from when a bare serial number counts its days: 1904, or 1900
 */
public record SheetRow(long line, List<SheetCell> cells, boolean since1904) {

    boolean isBlank() {
        return cells.stream().allMatch(SheetCell::isBlank);
    }

    SheetCell cell(int column) {
        return column < cells.size() ? cells.get(column) : SheetCell.EMPTY;
    }
}
