package org.voucherledger.api.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.commandline.LocalLedger;
import org.voucherledger.api.http.Caller;
import org.voucherledger.api.sweep.Sweep.Swept;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.City.Grant;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;

/** What time has brought about is recorded by the ledger itself: neither a second too early, nor twice. */
class SweepTest {

    /** Published on the first of May, so it is to be ordered until the end of the thirty-first (GZ-20). */
    private static City granted(String... vouchers) {
        var city = new City();
        city.at("2020-05-01T09:00");
        var grants = new ArrayList<Grant>();
        for (String name : vouchers) {
            grants.add(voucher(name).worth(yuan(5_000)).to("E" + name.substring(1)));
        }
        city.grants(grants.toArray(Grant[]::new));
        return city;
    }

    private static City accepted(long paidFen, String... vouchers) {
        City city = granted(vouchers).at("2020-05-20T09:00");
        for (String name : vouchers) {
            city.accepts(name, paidFen);
        }
        return city;
    }

    /** Nothing is even thought due a second before; then it is, once; and whoever sweeps again finds nothing. */
    private static void dueAt(SweptCity ledger, Instant due, Map<String, Integer> commands) {
        long before = ledger.head();
        nothing(ledger.sweepsAt(due.minusSeconds(1)));
        assertThat(ledger.head()).isEqualTo(before);

        Swept swept = ledger.sweepsAt(due);
        assertThat(swept.recorded()).isEqualTo(commands);
        assertThat(swept.refused()).isZero();
        assertThat(swept.position()).isEqualTo(ledger.head());

        long after = ledger.head();
        nothing(ledger.sweepsAt(due));
        nothing(ledger.sweepsAt(due.plusSeconds(1)));
        assertThat(ledger.head()).as("a sweep repeated changes nothing").isEqualTo(after);
    }

    private static void nothing(Swept swept) {
        assertThat(swept.recorded()).isEmpty();
        assertThat(swept.refused()).isZero();
    }

    @Test
    @DisplayName("GZ-10: applications end as the window closes")
    void applications_end() {
        var city = new City();
        city.opensBatch("B1", yuan(10_000), shanghai("2020-04-01T10:00"), shanghai("2020-04-30T17:00"))
                .wasAccepted();
        try (var ledger = new SweptCity(city)) {
            dueAt(ledger, shanghai("2020-04-30T17:00"), Map.of("EndApplications", 1));
            assertThat(ledger.recorded()).containsExactly("ApplicationsEnded batch:B1 SYSTEM");
        }
    }

    @Test
    @DisplayName("GZ-30: what is not ordered and contracted in time is recovered, whatever is frozen is not")
    void not_ordered_in_time() {
        City city = granted("V1", "V2", "V3", "V4");
        city.orders("V2").using(yuan(5_000)).wasAccepted();
        city.sends(new FreezeVoucher(city.id("V3"), "核查")).wasAccepted();
        city.contracts("V4", yuan(5_000));
        try (var ledger = new SweptCity(city)) {
            dueAt(ledger, shanghai("2020-06-01T00:00"), Map.of("RecoverVoucher", 2));
            assertThat(ledger.recorded())
                    .filteredOn(line -> line.startsWith("VoucherRevoked"))
                    .containsExactly(
                            "VoucherRevoked voucher:" + ledger.id("V1") + " SYSTEM",
                            "VoucherRevoked voucher:" + ledger.id("V2") + " SYSTEM");
            assertThat(ledger.recorded()).allMatch(line -> line.endsWith(" SYSTEM"));
            assertThat(ledger.status("V3")).isEqualTo("ISSUED");
            assertThat(ledger.status("V4")).isEqualTo("CONTRACT_CONFIRMED");
        }
    }

    @Test
    @DisplayName("GZ-25, GZ-30: when validity ends, the unpaid is recovered and what an accepted one kept lapses")
    void validity_ends() {
        City city = granted("V1", "V2", "V3");
        city.contracts("V1", yuan(5_000)).at("2020-05-20T09:00");
        city.accepts("V2", yuan(3_000));
        city.accepts("V3", yuan(5_000));
        try (var ledger = new SweptCity(city)) {
            dueAt(ledger, shanghai("2020-12-01T00:00"), Map.of("RecoverVoucher", 1, "LapseRemainder", 1));
            assertThat(ledger.status("V1")).isEqualTo("REVOKED");
            assertThat(ledger.status("V2")).isEqualTo("ACCEPTED");
            assertThat(ledger.recorded())
                    .as("nothing of V3 was left to lapse")
                    .noneMatch(line -> line.contains("voucher:" + ledger.id("V3")))
                    .allMatch(line -> line.endsWith(" SYSTEM"));
        }
    }

    @Test
    @DisplayName("GZ-33: when redemption closes, what nobody claims is revoked, and the batch is closed behind it")
    void redemption_closes() {
        City city = accepted(yuan(5_000), "V1", "V2");
        city.at("2020-06-01T00:00").claims("C1", "V2").wasAccepted();
        City alone = accepted(yuan(5_000), "V1");
        try (var ledger = new SweptCity(city)) {
            dueAt(ledger, shanghai("2021-01-01T00:00"), Map.of("RecoverVoucher", 1));
            assertThat(ledger.status("V1")).isEqualTo("REVOKED");
            assertThat(ledger.status("V2")).as("a live claim runs to its end").isEqualTo("CLAIMED");
        }
        try (var ledger = new SweptCity(alone)) {
            dueAt(ledger, shanghai("2021-01-01T00:00"), Map.of("RecoverVoucher", 1, "CloseBatch", 1));
            assertThat(ledger.recorded()).last().isEqualTo("BatchClosed batch:B1 SYSTEM");
        }
    }

    @Test
    @DisplayName("GZ-42: a rejection takes effect at 24:00 of the seventh day after publication, unless objected to")
    void notice_ends() {
        City city = accepted(yuan(5_000), "V1", "V2", "V3");
        city.at("2020-06-10T15:00").redeemsUpToNotice("C1", 0, "V1", "V2");
        city.redeemsUpToNotice("C2", yuan(5_000), "V3");
        city.sends(new ObjectToItem("C1", city.id("V2"), "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        try (var ledger = new SweptCity(city)) {
            dueAt(ledger, shanghai("2020-06-18T00:00"), Map.of("EndNotice", 1));
            assertThat(ledger.status("V1")).isEqualTo("ACCEPTED");
            assertThat(ledger.status("V2")).as("held until the bureau replies").isEqualTo("PUBLISHED");
            assertThat(ledger.status("V3")).as("settled by the operator only").isEqualTo("PUBLISHED");
            assertThat(ledger.recorded())
                    .containsExactlyInAnyOrder(
                            "ItemReleased voucher:" + ledger.id("V1") + " SYSTEM", "NoticeEnded claim:C1 SYSTEM");
        }
    }

    @Test
    @DisplayName("GZ-32: a disqualification is applied voucher by voucher, as soon as the next sweep")
    void disqualified() {
        City city = granted("V1", "V2", "V3", "V4");
        city.at("2020-05-20T09:00").accepts("V2", yuan(5_000));
        city.orders("V3").from("P2").using(yuan(5_000)).wasAccepted();
        city.sends(new DisqualifyEnterprise(Cast.code("E1"), "串通")).wasAccepted();
        city.sends(new DisqualifyEnterprise(Cast.code("E2"), "串通")).wasAccepted();
        city.sends(new DisqualifyProvider(Cast.code("P2"), "串通")).wasAccepted();
        try (var ledger = new SweptCity(city)) {
            Swept swept = ledger.sweepsAt("2020-05-20T09:00");
            assertThat(swept.recorded()).isEqualTo(Map.of("ApplyDisqualification", 3));
            assertThat(ledger.status("V1")).isEqualTo("REVOKED");
            assertThat(ledger.sql()
                            .queryForObject(
                                    "select frozen from view.voucher where id = ?", Boolean.class, ledger.id("V2")))
                    .isTrue();
            assertThat(ledger.status("V3")).isEqualTo("ISSUED");
            assertThat(ledger.recorded()).allMatch(line -> line.endsWith(" SYSTEM"));

            nothing(ledger.sweepsAt("2020-05-20T09:00"));
            // The fourth alone is due with its batch; the third has thirty days from the twentieth of May.
            dueAt(ledger, shanghai("2020-06-01T00:00"), Map.of("RecoverVoucher", 1));
            dueAt(ledger, shanghai("2020-06-20T00:00"), Map.of("RecoverVoucher", 1));
        }
    }

    @Test
    @DisplayName(
            "GZ-14: money that comes back is granted down the queue until backfill ends, and then the queue is closed")
    void waiting_list() {
        var city = new City(GuangzhouTerms.with(terms -> terms.backfillUntil(shanghai("2020-09-01T00:00"))));
        city.opensBatch("B1", yuan(10_000), city.now(), shanghai("2020-04-02T09:00"))
                .wasAccepted();
        for (String enterprise : new String[] {"E1", "E2", "E3", "E4"}) {
            city.applies(enterprise, "B1", yuan(5_000)).wasAccepted();
        }
        city.at("2020-04-02T09:00").grantsAndPublishes("B1");
        city.sends(new ReturnVoucher("B1-A1-V1", "不用了")).wasAccepted();
        city.orders("B1-A2-V1").using(yuan(5_000)).wasAccepted();
        city.contracts("B1-A2-V1");
        try (var ledger = new SweptCity(city)) {
            assertThat(ledger.sweepsAt("2020-04-03T09:00").recorded()).isEqualTo(Map.of("Backfill", 1));
            assertThat(ledger.status("B1-A3-V1")).isEqualTo("ISSUED");
            nothing(ledger.sweepsAt("2020-04-03T09:00"));

            // Until then the third's voucher has been recovered and given to the fourth, and taken from it as well.
            ledger.sweepsAt("2020-08-31T23:59:59");
            assertThat(ledger.recorded()).noneMatch(line -> line.startsWith("QueueClosed"));
            dueAt(ledger, shanghai("2020-09-01T00:00"), Map.of("CloseQueue", 1));
            assertThat(ledger.recorded()).last().isEqualTo("QueueClosed batch:B1 SYSTEM");
        }
    }

    @Test
    @DisplayName("One finding that the domain refuses is counted, and does not keep the others from being recorded")
    void one_is_refused() {
        try (var ledger = new SweptCity(granted("V1", "V2", "V3"))) {
            ledger.settle();
            // The view is wrong about the second, and about when the batch's redemption is over.
            ledger.sql()
                    .update(
                            "update voucherboard_a.voucher set status = 'ACCEPTED', redemption_until = ? where id = ?",
                            shanghai("2020-05-31T00:00").atOffset(ZoneOffset.UTC),
                            ledger.id("V2"));
            nothing(ledger.sweepsAt("2020-05-30T23:59:59"));
            Swept early = ledger.sweepsAt("2020-05-31T00:00");
            assertThat(early.recorded()).isEmpty();
            assertThat(early.refused()).isEqualTo(1);

            assertThat(ledger.sweepsAt("2020-05-31T23:59:59").refused())
                    .as("the same finding has the same answer")
                    .isEqualTo(1);

            Swept swept = ledger.sweepsAt("2020-06-01T00:00");
            assertThat(swept.recorded())
                    .as("asked again the next day, when it is due")
                    .isEqualTo(Map.of("RecoverVoucher", 3));
            assertThat(swept.refused()).isZero();
            assertThat(ledger.status("V1")).isEqualTo("REVOKED");
            assertThat(ledger.status("V2")).isEqualTo("REVOKED");
            assertThat(ledger.status("V3")).isEqualTo("REVOKED");
        }
    }

    @Test
    @DisplayName("GZ-30: one sweep records everything, however much more than one look brings has become due")
    void more_than_one_look() {
        int enterprises = DueWork.MOST_AT_ONCE / 10 + 5;
        var city = new City();
        city.opensBatch("B1", yuan(10L * enterprises), city.now(), shanghai("2020-04-02T09:00"))
                .wasAccepted();
        for (int e = 1; e <= enterprises; e++) {
            city.applies("E" + e, "B1", 100, 100, 100, 100, 100, 100, 100, 100, 100, 100)
                    .wasAccepted();
        }
        city.at("2020-04-02T09:00").grantsAndPublishes("B1");
        try (var ledger = new SweptCity(city)) {
            dueAt(ledger, shanghai("2020-05-03T00:00"), Map.of("RecoverVoucher", 10 * enterprises));
            ledger.settle();
            assertThat(ledger.sql().queryForList("select distinct status from view.voucher", String.class))
                    .containsExactly("REVOKED");
        }
    }

    @Test
    @DisplayName("A sweep is asked for by SYSTEM only, and says what it did")
    void who_may_sweep(@TempDir Path data) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("ledger.data", data.toString());
        settings.put("ledger.rehearsal", "2020-03-01T00:00:00Z");
        try (LocalLedger ledger = LocalLedger.startQuietly(settings)) {
            Caller stranger = Caller.anonymous(ledger.url().getPort());
            assertThat(stranger.post("/api/v1/sweeps", "").status()).isEqualTo(401);
            for (Role role : Role.values()) {
                var told = stranger.as(data, role).post("/api/v1/sweeps", "");
                assertThat(told.status()).as("%s", role).isEqualTo(role == Role.SYSTEM ? 200 : 403);
                if (role == Role.SYSTEM) {
                    assertThat(told.json().path("recorded").isObject()).isTrue();
                    assertThat(told.json().path("refused").asInt(-1)).isZero();
                    assertThat(told.json().path("position").asLong(-1)).isZero();
                } else {
                    assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
                    assertThat(told.text("titleZh")).isNotBlank();
                }
            }
        }
    }
}
