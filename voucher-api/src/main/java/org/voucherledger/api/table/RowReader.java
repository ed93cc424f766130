package org.voucherledger.api.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.party.CreditCode;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.rule.Decision;

/**
 * Reads the cells of one row. Every flaw is kept and the reading goes on, so that whoever made the file is told all at once;
 * what a flawed cell is read as does not matter, because a row with a flaw makes no command.
 */
public final class RowReader {

    private static final Pattern DATE = Pattern.compile(
            "([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)");
    private static final Pattern YUAN = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,2})?");
    private static final Pattern DOCUMENT = Pattern.compile("([^|]+)\\|([0-9a-f]{64})\\|([0-9]{1,10})\\|([^|]+)");
    private static final String SEPARATORS = "[,;、，；\\n]";

    private final SheetRow row;
    private final Header header;
    private final List<RowFlaw> flaws = new ArrayList<>();

    public RowReader(SheetRow row, Header header, boolean evenlyWide) {
        this.row = row;
        this.header = header;
        int unheaded = header.unheaded(row);
        if (unheaded >= 0) {
            flaw(
                    "",
                    "NoHeading",
                    row.cell(unheaded).text(),
                    "第 " + (unheaded + 1) + " 列没有标题但有内容",
                    "column " + (unheaded + 1) + " holds something but has no heading");
        } else if (evenlyWide && row.cells().size() != header.width()) {
            flaw(
                    "",
                    "OtherWidth",
                    "",
                    "本行有 " + row.cells().size() + " 个单元格，标题行有 " + header.width() + " 个",
                    "the row has " + row.cells().size() + " cells, the headings are " + header.width());
        }
    }

    public List<RowFlaw> flaws() {
        return flaws;
    }

    public long line() {
        return row.line();
    }

    /** A text, or an empty one where nothing stands there. */
    public String text(Column column) {
        SheetCell cell = header.cell(row, column);
        if (cell.isBlank()) {
            if (column.needed()) {
                flaw(column, "Missing", cell, "须填写", "must be filled in");
            }
            return "";
        }
        return isText(column, cell) ? cell.text() : "";
    }

    public boolean isBlank(Column column) {
        return header.cell(row, column).isBlank();
    }

    /** For a column that a file need not have, where other cells of the row ask for it. */
    public void mustBeFilledIn(Column column) {
        if (isBlank(column)) {
            flaw(column, "Missing", SheetCell.EMPTY, "须填写", "must be filled in");
        }
    }

    /** A unified social credit code; spaces before or behind it are not passed over, because they are part of what is there. */
    public String creditCode(Column column) {
        String code = text(column);
        if (!code.isEmpty()) {
            try {
                CreditCode.check(column.field(), code);
            } catch (Malformed wrong) {
                malformed(column, wrong, code);
            }
        }
        return code;
    }

    public <T> T oneOf(Column column, Choices<T> choices) {
        SheetCell cell = header.cell(row, column);
        String word =
                cell.kind() == SheetCell.Kind.BOOLEAN ? cell.text().toLowerCase(java.util.Locale.ROOT) : text(column);
        T meaning = choices.meaning(word);
        if (meaning == null && !word.isEmpty()) {
            flaw(column, "NotOneOf", cell, "须为：" + choices, "must be one of " + choices);
        }
        return meaning;
    }

    /** Several words, parted by commas, semicolons, 、 or line breaks; a word that itself holds one of them is known whole. */
    public <T> Set<T> someOf(Column column, Choices<T> choices) {
        var all = new LinkedHashSet<T>();
        for (String word : text(column).split(SEPARATORS)) {
            if (word.isBlank()) {
                continue;
            }
            T meaning = choices.meaning(word.strip());
            if (meaning == null) {
                flaw(column, "NotOneOf", header.cell(row, column), "须为：" + choices, "must be of " + choices);
            } else {
                all.add(meaning);
            }
        }
        return all;
    }

    /** Several words, parted as those of {@link #someOf}, whatever they are. */
    public Set<String> words(Column column) {
        var all = new LinkedHashSet<String>();
        for (String word : text(column).split(SEPARATORS)) {
            if (!word.isBlank()) {
                all.add(word.strip());
            }
        }
        return all;
    }

    public long whole(Column column) {
        SheetCell cell = header.cell(row, column);
        String digits = cell.kind() == SheetCell.Kind.NUMBER ? cell.text() : text(column);
        if (digits.matches("[0-9]{1,15}")) {
            return Long.parseLong(digits);
        }
        if (!digits.isEmpty()) {
            flaw(column, "NotWhole", cell, "须为不带小数、分隔符和单位的整数", "must be a whole number, without separators and unit");
        }
        return 0;
    }

    /** An amount above zero, written in yuan with at most two places. */
    public long fen(Column column) {
        SheetCell cell = header.cell(row, column);
        String yuan = cell.kind() == SheetCell.Kind.NUMBER ? cell.text() : text(column);
        if (!YUAN.matcher(yuan).matches()) {
            if (!yuan.isEmpty()) {
                flaw(
                        column,
                        "NotAnAmount",
                        cell,
                        "须为以元为单位、至多两位小数的金额，不带千分位，例如 20000.00",
                        "must be an amount in yuan with at most two places and no separators, e.g. 20000.00");
            }
            return 0;
        }
        BigDecimal fen = new BigDecimal(yuan).movePointRight(2);
        if (fen.signum() == 0 || fen.compareTo(BigDecimal.valueOf(Fen.MAX)) > 0) {
            flaw(
                    column,
                    "NotAnAmount",
                    cell,
                    "须大于零且为台账可记的金额",
                    "must be above zero and an amount that the ledger can count");
            return 0;
        }
        return fen.longValueExact();
    }

    /** Uploaded documents, each {@code kind|sha256|bytes|media type}, parted by semicolons or line breaks. */
    public List<Document> documents(Column column) {
        var documents = new ArrayList<Document>();
        for (String entry : text(column).split("[;；\\n]")) {
            Matcher document = DOCUMENT.matcher(entry.strip());
            if (document.matches()) {
                made(
                        List.of(column),
                        () -> documents.add(new Document(
                                document.group(1),
                                document.group(2),
                                document.group(4),
                                Long.parseLong(document.group(3)))));
            } else if (!entry.isBlank()) {
                flaw(
                        column,
                        "NotADocument",
                        SheetCell.text(entry),
                        "须为：类别|sha256|字节数|媒体类型",
                        "must be: kind|sha256|bytes|media type");
            }
        }
        return documents;
    }

    /** A day as a text in one of the usual forms, as a date of Excel's, or there as a bare serial number. */
    public LocalDate date(Column column) {
        SheetCell cell = header.cell(row, column);
        if (cell.kind() == SheetCell.Kind.DATE || cell.kind() == SheetCell.Kind.NUMBER) {
            LocalDate day = cell.kind() == SheetCell.Kind.DATE
                    ? parsed(cell.text())
                    : XlsxFile.day(cell.text(), row.since1904());
            if (day == null) {
                flaw(column, "NotADate", cell, "不是整日的日期", "is not a whole day");
            }
            return day;
        }
        String text = text(column);
        LocalDate day = parsed(text);
        if (day == null && !text.isEmpty()) {
            flaw(column, "NotADate", cell, "须为日期，例如 2020-04-01", "must be a date, e.g. 2020-04-01");
        }
        return day;
    }

    private static LocalDate parsed(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return null;
        }
        for (int group = 2; group <= 6; group += 2) {
            if (date.group(group) != null) {
                try {
                    return LocalDate.of(
                            Integer.parseInt(date.group(1)),
                            Integer.parseInt(date.group(group)),
                            Integer.parseInt(date.group(group + 1)));
                } catch (DateTimeException noSuchDay) {
                    return null;
                }
            }
        }
        return null;
    }

    /** Makes a command out of cells that were read without a flaw; what it refuses is told with the column it names. */
    public <T> T made(List<Column> columns, Supplier<T> make) {
        if (!flaws.isEmpty()) {
            return null;
        }
        try {
            return make.get();
        } catch (Malformed wrong) {
            String field = wrong.field().substring(wrong.field().lastIndexOf('.') + 1);
            Column column = columns.stream()
                    .filter(c -> c.field().equals(field))
                    .findFirst()
                    .orElse(null);
            if (column == null) {
                flaw("", "Malformed", "", detail(wrong, Language.ZH), detail(wrong, Language.EN));
            } else {
                malformed(column, wrong, header.cell(row, column).text());
            }
            return null;
        }
    }

    /** What a rule says to the row alone, before its command is asked. */
    public void wouldBe(Column column, Decision decision) {
        if (!decision.allowed()) {
            flaw(
                    header.heading(column),
                    decision.rule().id() + ":" + decision.about(),
                    header.cell(row, column).text(),
                    String.valueOf(Problems.of(decision, Language.ZH).members().get("detail")),
                    String.valueOf(Problems.of(decision, Language.EN).members().get("detail")));
        }
    }

    public void flaw(Column column, String about, SheetCell cell, String chinese, String english) {
        flaw(header.heading(column), about, cell.text(), chinese, english);
    }

    private void malformed(Column column, Malformed wrong, String value) {
        flaw(header.heading(column), "Malformed", value, detail(wrong, Language.ZH), detail(wrong, Language.EN));
    }

    private void flaw(String heading, String about, String value, String chinese, String english) {
        flaws.add(new RowFlaw(row.line(), heading, about, new Words(chinese, english), value));
    }

    private static String detail(Malformed wrong, Language language) {
        return String.valueOf(Problems.of(wrong, language).members().get("detail"));
    }

    private boolean isText(Column column, SheetCell cell) {
        switch (cell.kind()) {
            case FORMULA -> flaw(column, "Formula", cell, "是公式，请粘贴为数值", "is a formula; paste its value instead");
            case MERGED ->
                flaw(
                        column,
                        "Merged",
                        cell,
                        "属于合并单元格 " + cell.text() + "，请取消合并并逐行填写",
                        "is part of the merged cells " + cell.text() + "; unmerge them and fill in each row");
            case ERROR -> flaw(column, "ErrorValue", cell, "是错误值", "is an error value");
            case NUMBER, DATE, BOOLEAN ->
                flaw(
                        column,
                        "NotText",
                        cell,
                        "须以文本格式填写（Excel 会丢失数字的末位）",
                        "must be formatted as text (Excel loses the last digits of long numbers)");
            case TEXT -> {
                return isPlain(column, cell);
            }
        }
        return false;
    }

    /** Marks that nobody sees would make two names out of one. */
    private boolean isPlain(Column column, SheetCell cell) {
        int hidden = cell.text()
                .codePoints()
                .filter(c -> Character.getType(c) == Character.FORMAT)
                .findFirst()
                .orElse(-1);
        if (hidden < 0) {
            return true;
        }
        String point = "U+%04X".formatted(hidden);
        flaw(column, "HiddenCharacter", cell, "含有不可见字符 " + point, "holds the invisible character " + point);
        return false;
    }
}
