package org.voucherledger.api.season;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;

class DeskTest {

    private static final City CITY = City.of(1, 150, 60);

    @ParameterizedTest
    @ValueSource(longs = {50_000, 99_999, 123_456, 100_001, 2_000_000})
    @DisplayName("GZ-24: the papers of every legal way of paying keep all five bounds, whatever the face amount")
    void legal_papers_are_legal(long faceFen) {
        for (int turn = 0; turn < 80; turn++) {
            Holding h = holding(faceFen, turn);
            Papers papers = Desk.payment(h);
            long v = papers.paidFen();
            long i = papers.invoices().stream().mapToLong(Invoice::relatedFen).sum();
            long t = papers.transfers().stream().mapToLong(Transfer::relatedFen).sum();
            long b = Math.min(i, h.contract.relatedFen());
            String what = h.plan.payment() + " of " + faceFen + ": " + papers;
            assertTrue(v > 0 && v <= faceFen, what);
            assertTrue(v * 10_000 <= b * 5_000, what);
            assertTrue(2 * t >= i, what);
            assertTrue(t + v >= i, what);
            assertTrue(t <= i, what);
            assertEquals(t + v - i, papers.owedFen(), what);
        }
    }

    private static Holding holding(long faceFen, int turn) {
        Round round = Round.of(150).getFirst();
        var h = new Holding("B-A1-V1", round, CITY.firms().getFirst(), faceFen, turn, Draw.seeded(turn));
        h.platform = CITY.offering(ServiceType.TRAINING).getFirst();
        h.offer = h.platform.offer(ServiceType.TRAINING);
        h.payAt = Calendar.at("2020-08-03", "14:00");
        h.contract = Desk.contract(h, LocalDate.of(2020, 5, 20));
        return h;
    }
}
