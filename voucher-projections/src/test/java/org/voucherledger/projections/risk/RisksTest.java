package org.voucherledger.projections.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.SendPaymentBack;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.audittrail.SubjectKind;
import org.voucherledger.projections.fixture.TestViews;

/** SV-04: patterns that a spot check may start from, each found from its threshold on and not below. */
class RisksTest {

    private static final String P1 = Cast.code("P1");

    private final City city = new City();
    private final TestViews views = new TestViews(new RiskProjection()).start();
    private final Risks risks = risks(RiskThresholds.USUAL);
    private int told;

    @AfterEach
    void close() {
        views.close();
        city.close();
    }

    private Risks risks(RiskThresholds thresholds) {
        return new Risks(List.of(new RisksOfTheLog(views.dataSource(), thresholds)));
    }

    private void tell() {
        List<TrackedEventMessage<?>> events = List.copyOf(city.ledger().events());
        views.log().append(events.subList(told, events.size()));
        told = events.size();
        views.settle();
    }

    private List<RiskFlag> found(RiskKind kind) {
        return found(risks, kind);
    }

    private static List<RiskFlag> found(Risks risks, RiskKind kind) {
        return risks.flags(EnumSet.of(kind), null, Long.MAX_VALUE, "", 100);
    }

    /** The type and the voucher of the event at a position, as the log has it. */
    private String typeAt(long position) {
        return views.jdbc()
                .queryForObject(
                        "select payloadType from DomainEventEntry where globalIndex = ?", String.class, position)
                .replaceAll(".*[.$]", "");
    }

    /** One voucher of a thousand yuan for each of these. */
    private void grants(String... enterprises) {
        var grants = new ArrayList<City.Grant>();
        for (int i = 0; i < enterprises.length; i++) {
            grants.add(voucher("V" + (i + 1)).worth(yuan(1_000)).to(enterprises[i]));
        }
        city.grants(grants.toArray(City.Grant[]::new));
        city.at("2020-04-25T09:00");
    }

    private void pays(String voucher, String number, LocalDate invoicedOn) {
        city.orders(voucher).using(yuan(1_000)).wasAccepted();
        Papers papers = city.papers(voucher).numbered(number).invoicedOn(invoicedOn);
        city.proves(voucher, papers.transferred(papers.invoicedFen() - yuan(1_000)));
        city.contracts(voucher);
        var before = city.now();
        city.at("2020-06-01T09:00").pays(voucher, yuan(1_000)).wasAccepted();
        city.at(before);
    }

    @ParameterizedTest(name = "{0}, {1}, {2} of {3}: {4}")
    @CsvSource({
        "00000099, 00000100, 00000101, E1 E2 E3, 1",
        "00000099, 00000100, 00000102, E1 E2 E3, 0",
        "00000099, 00000100, 100000101, E1 E2 E3, 0",
        "99, 100, 101, E1 E2 E3, 0",
        "00000099, 00000100, 00000101, E1 E1 E1, 0",
        "00000099, 00000100, 00000101, E1 E1 E2, 1",
        "A0000099, A0000100, A0000101, E1 E2 E3, 0"
    })
    @DisplayName("SV-04: three consecutive invoices of one seller on one day for two buyers are a run, and not fewer")
    void invoice_run(String one, String two, String three, String buyers, int runs) {
        grants(buyers.split(" "));
        LocalDate day = LocalDate.of(2020, 5, 11);
        pays("V2", two, day);
        pays("V1", one, day);
        tell();
        assertThat(found(RiskKind.INVOICE_RUN)).as("two of them").isEmpty();
        pays("V3", three, day);
        tell();

        assertThat(found(RiskKind.INVOICE_RUN)).hasSize(runs).allSatisfy(run -> {
            assertThat(run.subjects())
                    .contains(new Subject(SubjectKind.PROVIDER, P1), new Subject(SubjectKind.VOUCHER, city.id("V3")));
            assertThat(run.figures()).containsEntry("invoices", 3L).containsEntry("leastInvoices", 3L);
            assertThat(run.positions())
                    .hasSize(3)
                    .isSorted()
                    .allMatch(at -> typeAt(at).equals("VoucherPaid"));
            assertThat(run.key()).contains("2020-05-11").endsWith("/" + one);
        });
    }

    @Test
    @DisplayName("SV-04: invoices of another day are no run, nor those of one buyer alone")
    void invoices_of_two_days() {
        grants("E1", "E2", "E3");
        pays("V1", "00000099", LocalDate.of(2020, 5, 11));
        pays("V2", "00000100", LocalDate.of(2020, 5, 11));
        pays("V3", "00000101", LocalDate.of(2020, 5, 12));
        tell();

        assertThat(found(RiskKind.INVOICE_RUN)).isEmpty();
    }

    private void contractFor(String voucher, long priceFen) {
        city.orders(voucher).using(yuan(100)).wasAccepted();
        city.proves(voucher, city.papers(voucher).contractedFor(priceFen)).contracts(voucher);
    }

    @Test
    @DisplayName("SV-04: a price half above or below the median of five others is far, one fen nearer is not")
    void price_far() {
        grants("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10");
        for (int i = 1; i <= 4; i++) {
            contractFor("V" + i, yuan(1_000));
        }
        contractFor("V5", yuan(9_000));
        contractFor("V6", yuan(1_500));
        contractFor("V7", yuan(1_500) - 1);
        contractFor("V8", yuan(500));
        contractFor("V9", yuan(500) + 1);
        tell();

        assertThat(found(RiskKind.PRICE_FAR))
                .as("four others are no history")
                .extracting(
                        flag -> flag.subjects().getFirst().id(),
                        flag -> flag.figures().get("prices"))
                .containsExactly(tuple(city.id("V6"), 5L), tuple(city.id("V8"), 7L));
        assertThat(found(RiskKind.PRICE_FAR).getFirst().figures())
                .containsEntry("priceFen", yuan(1_500))
                .containsEntry("medianFen", yuan(1_000))
                .containsEntry("deviationBasisPoints", 5_000L)
                .containsEntry("leastDeviationBasisPoints", 5_000L);
        assertThat(found(RiskKind.PRICE_FAR).getFirst().positions())
                .allMatch(at -> typeAt(at).equals("ContractUploaded"));

        contractFor("V10", yuan(1_000));
        tell();
        assertThat(found(RiskKind.PRICE_FAR))
                .as("what came before is judged by what came before it")
                .hasSize(2);
    }

    private void paysAtOnce(String voucher, String provider, long fen) {
        city.orders(voucher).from(provider).using(fen).wasAccepted();
        city.contracts(voucher);
        city.at("2020-06-01T09:00").pays(voucher, fen).wasAccepted();
        city.at("2020-04-25T09:00");
    }

    @Test
    @DisplayName("SV-04: a provider lives from few at 8000 basis points of three vouchers, not a fen or a voucher less")
    void few_enterprises() {
        var one = risks(few(1, 8_000, 3));
        grants("E1", "E1", "E2", "E3", "E3", "E4", "E5", "E5");
        paysAtOnce("V1", "P1", 60_000);
        paysAtOnce("V2", "P1", 20_000);
        tell();
        long before = views.jdbc().queryForObject("select max(position) from view.risk_paid", Long.class);
        assertThat(found(one, RiskKind.FEW_ENTERPRISES)).as("two vouchers").isEmpty();
        paysAtOnce("V3", "P1", 20_000);
        paysAtOnce("V4", "P2", 60_000);
        paysAtOnce("V5", "P2", 20_000);
        paysAtOnce("V6", "P2", 20_001);
        tell();

        assertThat(found(one, RiskKind.FEW_ENTERPRISES)).singleElement().satisfies(flag -> {
            assertThat(flag.subjects())
                    .containsExactly(
                            new Subject(SubjectKind.ENTERPRISE, Cast.code("E1")),
                            new Subject(SubjectKind.PROVIDER, P1));
            assertThat(flag.figures())
                    .containsEntry("fewFen", 80_000L)
                    .containsEntry("allFen", 100_000L)
                    .containsEntry("shareBasisPoints", 8_000L)
                    .containsEntry("payers", 2L);
            assertThat(flag.positions()).hasSize(2);
        });
        assertThat(found(risks(few(2, 10_000, 3)), RiskKind.FEW_ENTERPRISES))
                .as("two of two pay all")
                .hasSize(2);
        assertThat(one.flags(EnumSet.of(RiskKind.FEW_ENTERPRISES), null, before, "", 10))
                .as("as of the position before")
                .isEmpty();

        city.sends(new SendPaymentBack(city.id("V2"), "发票有误")).wasAccepted();
        tell();
        assertThat(found(one, RiskKind.FEW_ENTERPRISES))
                .as("what was sent back is not lived from")
                .isEmpty();
    }

    private static RiskThresholds few(int few, int share, int vouchers) {
        return new RiskThresholds(3, 2, 5_000, 5, 50, few, share, vouchers, 2, 3, Duration.ofDays(3), 2);
    }

    @Test
    @DisplayName("SV-04: a payment sent back twice is a pattern, once is a mistake")
    void payment_undone() {
        grants("E1", "E2");
        paysAtOnce("V1", "P1", 60_000);
        city.sends(new SendPaymentBack(city.id("V1"), "发票有误")).wasAccepted();
        tell();
        assertThat(found(RiskKind.PAYMENT_UNDONE)).isEmpty();
        city.at("2020-06-02T09:00").pays("V1", 50_000).wasAccepted();
        city.sends(new SendPaymentBack(city.id("V1"), "发票有误")).wasAccepted();
        tell();

        assertThat(found(RiskKind.PAYMENT_UNDONE)).singleElement().satisfies(flag -> {
            assertThat(flag.key()).isEqualTo(city.id("V1"));
            assertThat(flag.figures()).containsEntry("times", 2L).containsEntry("undoneFen", 110_000L);
            assertThat(flag.positions()).allMatch(at -> typeAt(at).equals("PaymentSentBack"));
        });
    }

    @Test
    @DisplayName("SV-04, GZ-31: returns from three days before the recovery on count, one second earlier does not")
    void returned_at_the_end() {
        grants("E1", "E1", "E1", "E2", "E2", "E2");
        // Ordered by 2020-05-02T00:00 (GZ-20).
        city.at("2020-04-28T23:59:59");
        city.sends(new ReturnVoucher(city.id("V4"), "不再需要")).wasAccepted();
        city.at("2020-04-29T00:00");
        for (String voucher : List.of("V1", "V2", "V5", "V6")) {
            city.sends(new ReturnVoucher(city.id(voucher), "不再需要")).wasAccepted();
        }
        tell();
        assertThat(found(RiskKind.RETURNED_AT_THE_END)).as("two each").isEmpty();
        city.at("2020-05-01T23:59:59")
                .sends(new ReturnVoucher(city.id("V3"), "不再需要"))
                .wasAccepted();
        tell();

        assertThat(found(RiskKind.RETURNED_AT_THE_END)).singleElement().satisfies(flag -> {
            assertThat(flag.key()).isEqualTo(Cast.code("E1"));
            assertThat(flag.figures()).containsEntry("returns", 3L).containsEntry("withinSeconds", 259_200L);
            assertThat(flag.positions()).hasSize(3).allMatch(at -> typeAt(at).equals("VoucherReturned"));
        });
    }

    @Test
    @DisplayName("SV-04: flags are read page by page, of one subject, and say of each subject what it showed when")
    void pages_and_subjects() {
        grants("E1", "E2", "E3");
        LocalDate day = LocalDate.of(2020, 5, 11);
        pays("V1", "00000099", day);
        pays("V2", "00000100", day);
        tell();
        long before = views.jdbc().queryForObject("select max(position) from view.risk_invoice", Long.class);
        pays("V3", "00000101", day);
        for (String voucher : List.of("V1", "V2")) {
            for (int time = 0; time < 2; time++) {
                city.sends(new SendPaymentBack(city.id(voucher), "发票有误")).wasAccepted();
                city.at("2020-06-02T09:00").pays(voucher, yuan(1_000)).wasAccepted();
            }
        }
        tell();

        var all = EnumSet.allOf(RiskKind.class);
        all.removeIf(kind -> !kind.isOfTheLog());
        var seen = new ArrayList<RiskFlag>();
        String cursor = "";
        List<RiskFlag> page;
        do {
            page = risks.flags(all, null, Long.MAX_VALUE, cursor, 1);
            seen.addAll(page);
            cursor = page.isEmpty() ? "" : Risks.cursor(page.getLast());
        } while (!page.isEmpty());
        assertThat(seen)
                .extracting(RiskFlag::kind)
                .containsExactly(RiskKind.INVOICE_RUN, RiskKind.PAYMENT_UNDONE, RiskKind.PAYMENT_UNDONE);
        assertThat(seen).isEqualTo(risks.flags(all, null, Long.MAX_VALUE, "", 100));

        var first = new Subject(SubjectKind.VOUCHER, city.id("V1"));
        var third = new Subject(SubjectKind.VOUCHER, city.id("V3"));
        assertThat(risks.flags(all, first, Long.MAX_VALUE, "", 100))
                .extracting(RiskFlag::kind)
                .containsExactly(RiskKind.INVOICE_RUN, RiskKind.PAYMENT_UNDONE);
        assertThat(risks.of(first, Long.MAX_VALUE)).containsExactly(RiskKind.INVOICE_RUN, RiskKind.PAYMENT_UNDONE);
        assertThat(risks.of(third, Long.MAX_VALUE)).containsExactly(RiskKind.INVOICE_RUN);
        assertThat(risks.of(new Subject(SubjectKind.PROVIDER, P1), Long.MAX_VALUE))
                .containsExactly(RiskKind.INVOICE_RUN, RiskKind.PAYMENT_UNDONE);
        assertThat(risks.of(new Subject(SubjectKind.VOUCHER, "none"), Long.MAX_VALUE))
                .isEmpty();
        assertThat(risks.bySubject(before)).as("before the third invoice").isEmpty();
        assertThat(risks.bySubject(Long.MAX_VALUE)).containsEntry(third, Set.of(RiskKind.INVOICE_RUN));
        assertThatThrownBy(() -> risks.flags(all, null, 1, "nonsense", 1)).isInstanceOf(Malformed.class);
    }

    @Test
    @DisplayName("SV-04: each pattern is looked for once, however many show it, for a command waits for what they say")
    void searchedOnce() {
        var asked = new ArrayList<RiskKind>();
        var many = new Risks(List.of(new RiskSource() {
            @Override
            public boolean knows(RiskKind kind) {
                return true;
            }

            @Override
            public List<RiskFlag> flags(RiskKind kind, Subject about, long at, String after, int limit) {
                asked.add(kind);
                return IntStream.range(0, 1_200)
                        .mapToObj("%04d"::formatted)
                        .filter(key -> key.compareTo(after) > 0)
                        .limit(limit)
                        .map(key -> RiskFlag.of(
                                kind,
                                key,
                                List.of(new Subject(SubjectKind.VOUCHER, kind + key)),
                                List.of(),
                                Map.of(),
                                List.of()))
                        .toList();
            }
        }));

        assertThat(many.bySubject(1)).hasSize(1_200 * Risks.OF_THE_LOG.size());
        assertThat(asked).containsExactlyInAnyOrderElementsOf(Risks.OF_THE_LOG);
    }
}
