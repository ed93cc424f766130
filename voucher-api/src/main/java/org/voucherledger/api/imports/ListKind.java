package org.voucherledger.api.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.voucherledger.api.table.Column;
import org.voucherledger.api.table.RowReader;

/** The lists that can be imported, with their columns. */
enum ListKind {
    /** 认定名录 (GZ-04). */
    RECOGNITIONS(RecognitionRow.COLUMNS, RecognitionRow::read),
    /** 失信联合惩戒黑名单 (GZ-01). */
    BLACKLIST(BlacklistRow.COLUMNS, BlacklistRow::read),
    /** 企业注册与核对信息, as the platform exports them (GZ-01 to GZ-03). */
    ENTERPRISES(EnterpriseRow.COLUMNS, EnterpriseRow::read);

    private final List<Column> columns;
    private final Function<RowReader, Wanted> reading;

    ListKind(List<Column> columns, Function<RowReader, Wanted> reading) {
        this.columns = columns;
        this.reading = reading;
    }

    List<Column> columns() {
        return columns;
    }

    /** What the row wants, or {@code null} if it has a flaw, which the reader then knows. */
    Wanted read(RowReader row) {
        return reading.apply(row);
    }

    /** As it stands in the address. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Optional<ListKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
