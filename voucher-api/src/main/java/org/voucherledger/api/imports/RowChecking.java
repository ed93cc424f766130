package org.voucherledger.api.imports;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.voucherledger.api.table.FileFlaw;
import org.voucherledger.api.table.Header;
import org.voucherledger.api.table.RowFlaw;
import org.voucherledger.api.table.RowReader;
import org.voucherledger.api.table.SheetRow;
import org.voucherledger.api.table.Words;
import org.voucherledger.projections.projection.Json;

/** Looks at every row of a file, alone and beside the others, without asking the ledger. */
final class RowChecking {

    static final int MOST_ROWS = 1_000_000;

    /** Where a party was first named, and what was said of it. */
    private record Seen(long line, UUID content, boolean contradicted) {}

    private final ListKind kind;
    private final boolean evenlyWide;
    private final Map<String, Seen> parties = new HashMap<>();
    private List<RowFlaw> flaws = new ArrayList<>();
    private Header header;
    private long looked;
    private long flawed;

    RowChecking(ListKind kind, boolean evenlyWide) {
        this.kind = kind;
        this.evenlyWide = evenlyWide;
    }

    void look(SheetRow row) {
        if (header == null) {
            header = Header.of(row, kind.columns());
            return;
        }
        if (++looked > MOST_ROWS) {
            throw new FileFlaw(
                    row.line(),
                    "",
                    "TooManyRows",
                    new Words("多于 " + MOST_ROWS + " 行，请分成多个文件。", "More than " + MOST_ROWS + " rows; split the file."));
        }
        RowReader reader = new RowReader(row, header, evenlyWide);
        Wanted wanted = kind.read(reader);
        if (wanted == null) {
            flawed++;
            flaws.addAll(reader.flaws());
        } else {
            isNamedOnce(wanted);
        }
    }

    /** A row that says the same again is needless; of two that contradict each other nobody can say which is meant. */
    private void isNamedOnce(Wanted wanted) {
        UUID content = UUID.nameUUIDFromBytes(Json.write(wanted.content()).getBytes(StandardCharsets.UTF_8));
        Seen first = parties.putIfAbsent(wanted.party(), new Seen(wanted.line(), content, false));
        if (first == null) {
            return;
        }
        if (first.content().equals(content) && !first.contradicted()) {
            flaw(
                    wanted.line(),
                    "SaidTwice",
                    wanted.party(),
                    "与第 " + first.line() + " 行重复",
                    "says the same as line " + first.line());
            return;
        }
        flaw(
                wanted.line(),
                "Contradiction",
                wanted.party(),
                "与第 " + first.line() + " 行矛盾",
                "contradicts line " + first.line());
        if (!first.contradicted()) {
            parties.put(wanted.party(), new Seen(first.line(), first.content(), true));
            flaw(
                    first.line(),
                    "Contradiction",
                    wanted.party(),
                    "与第 " + wanted.line() + " 行矛盾",
                    "contradicts line " + wanted.line());
        }
    }

    private void flaw(long line, String about, String party, String chinese, String english) {
        flawed++;
        flaws.add(new RowFlaw(
                line, header.heading(kind.columns().getFirst()), about, new Words(chinese, english), party));
    }

    /** @throws FileFlaw if there was no row to look at */
    void end() {
        if (looked == 0) {
            throw new FileFlaw(0, "", "NoRows", new Words("文件中没有数据行。", "The file has no rows."));
        }
    }

    long looked() {
        return looked;
    }

    /** How many rows have a flaw. */
    long flawed() {
        return flawed;
    }

    /** What was found since this was asked last. */
    List<RowFlaw> takeFlaws() {
        List<RowFlaw> taken = flaws;
        flaws = new ArrayList<>();
        return taken;
    }
}
