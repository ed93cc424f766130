package org.voucherledger.projections.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.party.EnterpriseCommand.RenameEnterprise;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.CorrectPaymentDocuments;

/** What was known when: a correction tells since when it is true and what it takes the place of. */
class BearingTest {

    private final City city = new City();

    @AfterEach
    void close() {
        city.close();
    }

    /** One event of a stream as a bearing tells it. */
    private record Told(String type, long position, Instant at, String trueSince, Long replaces) {}

    private List<Told> told(String stream) {
        var replay = Replay.of(stream).orElseThrow();
        var bearing = new Bearing();
        var told = new ArrayList<Told>();
        long position = 0;
        for (var message : city.ledger().events()) {
            position++;
            var event = (DomainEvent) message.getPayload();
            if (event.streamId().equals(stream)) {
                Instant at = Instant.parse((String) message.getMetaData().get(Stamp.RECEIVED_AT));
                replay.tell(event);
                bearing.tell(position, at, event, replay.state());
                told.add(new Told(
                        event.getClass().getSimpleName(), position, at, bearing.trueSince(), bearing.replaces()));
            }
        }
        return told;
    }

    private static Told last(List<Told> told, String type) {
        return told.stream()
                .filter(each -> each.type().equals(type))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static Told first(List<Told> told, String type) {
        return told.stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private void move(BatchDate date, String to) {
        city.sends(new MoveDate("B1", date, shanghai(to), "notice-2", "推迟")).wasAccepted();
    }

    @Test
    @DisplayName("GZ-09: a change of name is true since its date, whenever it was recorded")
    void names() {
        city.at("2020-05-20T09:00").grants(voucher("V1").worth(yuan(2_000)).to("E1"));
        city.sends(new RenameEnterprise(Cast.code("E1"), "新名有限公司", LocalDate.of(2020, 5, 1), Papers.document("PROOF")))
                .wasAccepted();
        var told = told("enterprise:" + Cast.code("E1"));
        assertThat(last(told, "EnterpriseRenamed").trueSince()).isEqualTo("2020-05-01");
        assertThat(first(told, "EnterpriseRegistered").trueSince()).isNull();
        assertThat(told).allMatch(each -> each.replaces() == null);
    }

    @Test
    @DisplayName("ALL-06: a moved date takes the place of what fixed it before: the publication, then the move before")
    void dates() {
        city.at("2020-05-01T09:00").grants(voucher("V1").worth(yuan(2_000)).to("E1"));
        move(BatchDate.ORDER_DEADLINE, "2020-07-01T00:00");
        move(BatchDate.REDEMPTION_UNTIL, "2021-03-01T00:00");
        move(BatchDate.ORDER_DEADLINE, "2020-08-01T00:00");
        var told = told("batch:B1");
        var moves = told.stream()
                .filter(each -> each.type().equals("BatchDateMoved"))
                .toList();
        assertThat(moves).hasSize(3);
        assertThat(moves.get(0).replaces())
                .isEqualTo(first(told, "GrantPublished").position());
        assertThat(moves.get(1).replaces()).isNotNull().isLessThan(moves.get(0).position());
        assertThat(moves.get(2).replaces()).isEqualTo(moves.get(0).position());
        assertThat(told).allMatch(each -> each.trueSince() == null);
    }

    @Test
    @DisplayName("GZ-33: corrected papers are true since the payment, and take the place of those corrected last")
    void papers() {
        city.at("2020-05-01T09:00").grants(voucher("V1").worth(yuan(2_000)).to("E1"));
        city.at("2020-05-10T09:00").contracts("V1", yuan(2_000)).wasAccepted();
        city.at("2020-11-30T09:00").pays("V1", yuan(2_000)).wasAccepted();
        city.at("2020-12-02T09:00");
        for (String number : List.of("N-8", "N-9")) {
            Papers other = city.papers("V1").numbered(number);
            city.sends(new CorrectPaymentDocuments(
                            city.id("V1"),
                            other.completedOn(),
                            other.invoices(),
                            other.transfers(),
                            other.paymentDocuments(),
                            "更正"))
                    .wasAccepted();
        }
        var told = told("voucher:" + city.id("V1"));
        var paid = first(told, "VoucherPaid");
        var corrected = told.stream()
                .filter(each -> each.type().equals("PaymentDocumentsCorrected"))
                .toList();
        assertThat(corrected).extracting(Told::trueSince).containsOnly(paid.at().toString());
        assertThat(corrected)
                .extracting(Told::replaces)
                .containsExactly(paid.position(), corrected.getFirst().position());
        assertThat(paid.replaces()).isNull();
    }
}
