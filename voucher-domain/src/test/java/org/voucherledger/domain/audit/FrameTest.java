package org.voucherledger.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voucherledger.domain.audit.AuditRisk.INVOICE_RUN;
import static org.voucherledger.domain.audit.AuditRisk.PAYMENT_UNDONE;
import static org.voucherledger.domain.audit.AuditRisk.PRICE_FAR;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.command.Malformed;

/** SV-04: the lot itself, which anybody can cast again. */
class FrameTest {

    private static final Stratum FIVE = new Stratum("all", null, null, null, null, null, null, 5);

    private static List<FrameItem> items(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new FrameItem("V" + i, i * 100L, "P" + i % 3, i % 4 == 0 ? null : 100L + i, Set.of()))
                .toList();
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("SV-04: those are drawn whose SHA-256 over seed|number comes first, reckoned here by itself")
    void lots() {
        List<String> reckoned = items(40).stream()
                .map(FrameItem::voucherId)
                .sorted(Comparator.comparing(id -> {
                    try {
                        return sha256("2020-0042|" + id);
                    } catch (NoSuchAlgorithmException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .limit(5)
                .toList();
        assertThat(Frame.of(items(40), List.of(FIVE)).drawn("2020-0042", FIVE)).isEqualTo(reckoned);
    }

    @Test
    @DisplayName("SV-04: the order in which items come changes neither the frame nor the draw")
    void order() {
        var shuffled = new ArrayList<>(items(40));
        Collections.shuffle(shuffled, new Random(7));
        Frame frame = Frame.of(items(40), List.of(FIVE));
        Frame other = Frame.of(shuffled, List.of(FIVE));
        assertThat(other.text()).isEqualTo(frame.text());
        assertThat(other.drawn("s", FIVE)).isEqualTo(frame.drawn("s", FIVE));
    }

    @Test
    @DisplayName("SV-04: over many seeds every item is drawn, and none markedly more often than another")
    void everyItem() {
        Frame frame = Frame.of(items(40), List.of(FIVE));
        Map<String, Integer> times = new HashMap<>();
        for (int seed = 0; seed < 4_000; seed++) {
            frame.drawn("seed-" + seed, FIVE).forEach(id -> times.merge(id, 1, Integer::sum));
        }
        // Five of forty, four thousand times: 500 each, with a standard deviation of 21.
        assertThat(times).hasSize(40);
        assertThat(times.values()).allSatisfy(often -> assertThat(often).isBetween(395, 605));
    }

    @Test
    @DisplayName(
            "SV-04: a sample of fewer is the beginning of a sample of more, so that it can be enlarged without choosing")
    void nested() {
        var ten = new Stratum("all", null, null, null, null, null, null, 10);
        List<String> larger = Frame.of(items(40), List.of(ten)).drawn("s", ten);
        assertThat(Frame.of(items(40), List.of(FIVE)).drawn("s", FIVE)).isEqualTo(larger.subList(0, 5));
    }

    @Test
    @DisplayName(
            "SV-04: the frame's text names each item with its stratum and what put it there, and has the hash that sha256sum reckons")
    void text() throws NoSuchAlgorithmException {
        var rated = new Stratum("rated", null, null, null, 1, null, null, 1);
        var small = new Stratum("small", null, 500L, null, null, null, null, 1);
        Frame frame = Frame.of(
                List.of(
                        new FrameItem("V2", 499, "", null, Set.of()),
                        new FrameItem("V1", 100, "P1", 433L, Set.of()),
                        new FrameItem("V3", 500, "P2", null, Set.of())),
                List.of(rated, small));
        assertThat(frame.text()).isEqualTo("V1\trated\t100\tP1\t433\t\nV2\tsmall\t499\t\t\t\nV3\t-\t500\tP2\t\t\n");
        assertThat(frame.sha256()).isEqualTo(sha256(frame.text()));
        assertThat(frame.inNoStratum()).isOne();
        assertThat(frame.size()).isEqualTo(3);
    }

    @DisplayName("SV-04: a stratum takes from its first fen and rating on, up to but without its last")
    @ParameterizedTest(name = "{0} fen, rated {1}: {2}")
    @CsvSource({
        "100, 300, true",
        "99, 300, false",
        "199, 399, true",
        "200, 300, false",
        "100, 299, false",
        "100, 400, false",
        "100, , false"
    })
    void bounds(long amountFen, Long rating, boolean taken) {
        var stratum = new Stratum("s", 100L, 200L, "P1", 300, 400, null, 1);
        assertThat(stratum.takes(new FrameItem("V1", amountFen, "P1", rating, Set.of())))
                .isEqualTo(taken);
        assertThat(stratum.takes(new FrameItem("V1", amountFen, "P2", rating, Set.of())))
                .isFalse();
    }

    @DisplayName("SV-02: the mean of ratings is rounded half up, once")
    @ParameterizedTest(name = "{1} of {0}: {2}")
    @CsvSource({"1, 5, 500", "3, 13, 433", "3, 14, 467", "8, 33, 413", "200, 501, 251"})
    void mean(long ratings, long sum, long hundredths) {
        assertThat(new MeanRating(ratings, sum).hundredths()).isEqualTo(hundredths);
    }

    @Test
    @DisplayName("SV-04: a stratum that holds less than is drawn is never drawn from, whoever forgot to ask")
    void neverTrimmed() {
        Frame frame = Frame.of(items(4), List.of(FIVE));
        assertThatThrownBy(() -> frame.drawn("s", FIVE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("A stratum that ends before it begins, or draws none or too many, can never be meant")
    void malformed() {
        assertThatThrownBy(() -> new Stratum("s", 2L, 1L, null, null, null, null, 1))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> new Stratum("s", null, null, null, 400, 300, null, 1))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> new Stratum("s", null, null, null, null, null, null, 0))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> new Stratum("s", null, null, null, null, null, null, Stratum.LARGEST + 1))
                .isInstanceOf(Malformed.class);
        assertThat(new Stratum("s", null, null, null, null, null, null, Stratum.LARGEST).size())
                .isEqualTo(Stratum.LARGEST);
    }

    @Test
    @DisplayName(
            "SV-04: a stratum by risk takes what shows one of its risks, and the frame's text says which each item shows")
    void risks() {
        var risky = new Stratum("risky", null, null, null, null, null, List.of(PRICE_FAR, PAYMENT_UNDONE), 1);
        var rest = new Stratum("rest", null, null, null, null, null, null, 1);
        Frame frame = Frame.of(
                List.of(
                        new FrameItem("V1", 100, "P1", null, Set.of()),
                        new FrameItem("V2", 100, "P1", null, Set.of(INVOICE_RUN)),
                        new FrameItem("V3", 100, "P1", null, Set.of(PAYMENT_UNDONE, INVOICE_RUN)),
                        new FrameItem("V4", 100, "", 300L, Set.of(PRICE_FAR))),
                List.of(risky, rest));

        assertThat(frame.sizeOf(risky)).isEqualTo(2);
        assertThat(frame.text())
                .isEqualTo("V1\trest\t100\tP1\t\t\nV2\trest\t100\tP1\t\tINVOICE_RUN\n"
                        + "V3\trisky\t100\tP1\t\tINVOICE_RUN,PAYMENT_UNDONE\nV4\trisky\t100\t\t300\tPRICE_FAR\n");
        assertThat(FrameScope.of("S", null, FrameItems.VOUCHERS, List.of(risky, rest))
                        .risks())
                .containsExactlyInAnyOrder(PRICE_FAR, PAYMENT_UNDONE);
        assertThatThrownBy(() -> new Stratum("s", null, null, null, null, null, Collections.nCopies(6, PRICE_FAR), 1))
                .isInstanceOf(Malformed.class);
    }
}
