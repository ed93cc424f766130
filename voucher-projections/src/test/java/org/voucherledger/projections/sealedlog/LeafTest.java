package org.voucherledger.projections.sealedlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The row determines the line, the line is the leaf. */
class LeafTest {

    private static final Instant AT = Instant.parse("2026-03-01T02:00:00.000120Z");

    private static final EventLeaf EVENT = new EventLeaf(
            7,
            "e-7",
            "V1",
            2,
            "Voucher",
            AT,
            "VoucherOrdered",
            "1",
            bytes("{\"voucherId\":\"V1\", \"note\":\"一\\u4e00\",\"amountFen\":1.0}"),
            bytes("{\"actor\":\"甲\"}"));

    private static final RefusalLeaf REFUSAL = new RefusalLeaf(
            3,
            "clerk",
            "key \"1\"\n\u0001\\",
            "ab",
            "OrderVoucher",
            "ENTERPRISE",
            "E1",
            AT,
            "GZ-21",
            "cap",
            "CAPS",
            bytes("{\"rule\":\"GZ_21\"}"),
            7);

    @Test
    @DisplayName(
            "An event is one line with its members in order, its stored JSON byte for byte, its time to the microsecond")
    void event() {
        assertThat(text(EVENT.line()))
                .isEqualTo("{\"leaf\":\"event\",\"position\":7,\"id\":\"e-7\",\"stream\":\"V1\",\"sequence\":2,"
                        + "\"aggregate\":\"Voucher\",\"recordedAt\":\"2026-03-01T02:00:00.000120Z\","
                        + "\"type\":\"VoucherOrdered\",\"revision\":\"1\","
                        + "\"payload\":{\"voucherId\":\"V1\", \"note\":\"一\\u4e00\",\"amountFen\":1.0},"
                        + "\"metadata\":{\"actor\":\"甲\"}}");
        assertThat(Leaf.parse(EVENT.line())).isEqualTo(EVENT);
        var bare = event("{}", "{}", null);
        assertThat(text(bare.line())).contains("\"revision\":null,\"payload\":{},\"metadata\":{}}");
        assertThat(Leaf.parse(bare.line())).isEqualTo(bare);
    }

    @Test
    @DisplayName("A refusal is one line too; texts are escaped in one way only")
    void refusal() {
        assertThat(text(REFUSAL.line()))
                .isEqualTo("{\"leaf\":\"refusal\",\"id\":3,\"actor\":\"clerk\","
                        + "\"idempotencyKey\":\"key \\\"1\\\"\\n\\u0001\\\\\",\"bodySha256\":\"ab\","
                        + "\"commandType\":\"OrderVoucher\",\"role\":\"ENTERPRISE\",\"onBehalfOf\":\"E1\","
                        + "\"receivedAt\":\"2026-03-01T02:00:00.000120Z\",\"rule\":\"GZ-21\",\"about\":\"cap\","
                        + "\"stage\":\"CAPS\",\"answer\":{\"rule\":\"GZ_21\"},\"position\":7}");
        assertThat(Leaf.parse(REFUSAL.line())).isEqualTo(REFUSAL);
    }

    @Test
    @DisplayName("A refused upload is one line too; what is not known of it is null")
    void upload() {
        var whole = new UploadRefusalLeaf(
                4, "clerk", "ENTERPRISE", "E1", AT, "a/b", "ab", 7L, "GZ-45", "d", "DOCUMENTS", "5", "7");
        var unread = new UploadRefusalLeaf(
                4, "clerk", "ENTERPRISE", "E1", AT, null, null, null, "GZ-45", "d", "DOCUMENTS", "5", "7");

        assertThat(text(whole.line()))
                .isEqualTo("{\"leaf\":\"upload-refusal\",\"id\":4,\"actor\":\"clerk\",\"role\":\"ENTERPRISE\","
                        + "\"onBehalfOf\":\"E1\",\"receivedAt\":\"2026-03-01T02:00:00.000120Z\",\"declared\":\"a/b\","
                        + "\"sha256\":\"ab\",\"sizeBytes\":7,\"rule\":\"GZ-45\",\"about\":\"d\","
                        + "\"stage\":\"DOCUMENTS\",\"limit\":\"5\",\"used\":\"7\"}");
        assertThat(text(unread.line())).contains("\"declared\":null,\"sha256\":null,\"sizeBytes\":null,");
        assertThat(Leaf.parse(whole.line())).isEqualTo(whole);
        assertThat(Leaf.parse(unread.line())).isEqualTo(unread);
    }

    @Test
    @DisplayName("Rows that differ in any one column have different lines")
    void everyColumnCounts() {
        Set<String> lines = new HashSet<>();
        var e = EVENT;
        List<EventLeaf> rows = List.of(
                e,
                new EventLeaf(8, "e-7", "V1", 2, "Voucher", AT, "VoucherOrdered", "1", e.payload(), e.metadata()),
                new EventLeaf(7, "e-8", "V1", 2, "Voucher", AT, "VoucherOrdered", "1", e.payload(), e.metadata()),
                new EventLeaf(7, "e-7", "V2", 2, "Voucher", AT, "VoucherOrdered", "1", e.payload(), e.metadata()),
                new EventLeaf(7, "e-7", "V1", 3, "Voucher", AT, "VoucherOrdered", "1", e.payload(), e.metadata()),
                new EventLeaf(7, "e-7", "V1", 2, "Batch", AT, "VoucherOrdered", "1", e.payload(), e.metadata()),
                new EventLeaf(
                        7,
                        "e-7",
                        "V1",
                        2,
                        "Voucher",
                        AT.plusNanos(1000),
                        "VoucherOrdered",
                        "1",
                        e.payload(),
                        e.metadata()),
                new EventLeaf(7, "e-7", "V1", 2, "Voucher", AT, "VoucherPaid", "1", e.payload(), e.metadata()),
                new EventLeaf(7, "e-7", "V1", 2, "Voucher", AT, "VoucherOrdered", "2", e.payload(), e.metadata()),
                new EventLeaf(7, "e-7", "V1", 2, "Voucher", AT, "VoucherOrdered", null, e.payload(), e.metadata()),
                new EventLeaf(7, "e-7", "V1", 2, "Voucher", AT, "VoucherOrdered", "null", e.payload(), e.metadata()),
                new EventLeaf(7, "e-7", "V1", 2, "Voucher", AT, "VoucherOrdered", "1", bytes("{}"), e.metadata()),
                new EventLeaf(7, "e-7", "V1", 2, "Voucher", AT, "VoucherOrdered", "1", e.payload(), bytes("{}")));
        rows.forEach(row -> lines.add(text(row.line())));
        assertThat(lines).hasSize(rows.size());
    }

    @ParameterizedTest
    @DisplayName("What is not one JSON object in one line, each member named once, is no payload and no metadata")
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"{}\"",
                "{}{}",
                "{} {}",
                " {}",
                "{} ",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":1}/**/{}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\n}",
                "{\r}",
                "{\"a\":1},\"metadata\":{\"b\":2}",
                "{\"a\":1},{\"b\":2}",
                "{\"a\":[}]}",
            })
    void noObjects(String json) {
        assertThatThrownBy(() -> event(json, "{}", "1").line())
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("payload");
        assertThatThrownBy(() -> event("{}", json, "1").line())
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("metadata");
    }

    @Test
    @DisplayName("Bytes that are moved from one column to the next cannot give the same line")
    void movedBytes() {
        var moved = event("{\"a\":1},\"metadata\":{\"b\":2}", "{}", "1");
        assertThatThrownBy(moved::line).isInstanceOf(Unreadable.class);
        String line = text(event("{\"a\":1}", "{\"b\":2}", "1").line());
        assertThat(text(((EventLeaf) Leaf.parse(bytes(line))).metadata())).isEqualTo("{\"b\":2}");
    }

    @Test
    @DisplayName("What cannot be written without loss is no leaf")
    void nothingIsLost() {
        byte[] none = bytes("{}");
        for (EventLeaf lossy : List.of(
                new EventLeaf(1, "i", "s", 0, "a", AT.plusNanos(1), "t", "1", none, none),
                new EventLeaf(1, "i", "s", 0, "a", Instant.parse("+10000-01-01T00:00:00Z"), "t", "1", none, none),
                new EventLeaf(1, "i", "s", 0, "a", Instant.parse("-0001-01-01T00:00:00Z"), "t", "1", none, none),
                new EventLeaf(1, "i\ud800", "s", 0, "a", AT, "t", "1", none, none),
                new EventLeaf(1, null, "s", 0, "a", AT, "t", "1", none, none),
                new EventLeaf(-1, "i", "s", 0, "a", AT, "t", "1", none, none),
                new EventLeaf(1, "i", "s", 0, "a", AT, "t", "1", new byte[] {'{', (byte) 0xff, '}'}, none),
                new EventLeaf(
                        1, "i", "s", 0, "a", AT, "t", "1", "{\"ä\":1}".getBytes(StandardCharsets.ISO_8859_1), none))) {
            assertThatThrownBy(lossy::line).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    @DisplayName("A line that is written in another way than its own row would be is no leaf")
    void onlyOneWayToWrite() {
        String line = text(EVENT.line());
        for (String other : List.of(
                line.substring(0, line.length() - 1),
                line + " ",
                line + "\n",
                line + "}",
                line.replace("\"position\":7", "\"position\":07"),
                line.replace("\"position\":7", "\"position\": 7"),
                line.replace("\"position\":7", "\"position\":-7"),
                line.replace("\"position\":7", "\"position\":99999999999999999999"),
                line.replace("\"id\":\"e-7\"", "\"id\":\"e\\u002d7\""),
                line.replace("\"id\":\"e-7\"", "\"id\":\"e\\-7\""),
                line.replace("\"id\":\"e-7\"", "\"id\":7"),
                line.replace(".000120Z", ".00012Z"),
                line.replace(".000120Z", ".000120+00:00"),
                line.replace("2026-03-01", "2026-02-29"),
                line.replace("\"id\":\"e-7\",\"stream\":\"V1\"", "\"stream\":\"V1\",\"id\":\"e-7\""),
                line.replace("\"id\":\"e-7\",", "\"id\":\"e-7\",\"id\":\"e-8\","),
                line.replace("\"leaf\":\"event\"", "\"leaf\":\"thing\""),
                line.replace("\"revision\":\"1\"", "\"revision\":1"),
                line.replace("}}", "},\"more\":1}"),
                "",
                "{")) {
            assertThat(other).isNotEqualTo(line);
            assertThatThrownBy(() -> Leaf.parse(bytes(other))).as(other).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    @DisplayName("A line that is no UTF-8 is no leaf, wherever in it that is")
    void onlyUtf8() {
        byte[] line = REFUSAL.line();
        for (int i = 0; i < line.length; i++) {
            byte[] broken = line.clone();
            broken[i] = (byte) 0xff;
            assertThatThrownBy(() -> Leaf.parse(broken)).as("byte %d", i).isInstanceOf(Unreadable.class);
        }
    }

    private static EventLeaf event(String payload, String metadata, String revision) {
        return new EventLeaf(1, "i", "s", 0, "A", AT, "T", revision, bytes(payload), bytes(metadata));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
