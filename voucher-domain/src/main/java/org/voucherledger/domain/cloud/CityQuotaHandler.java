package org.voucherledger.domain.cloud;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.CL_04;

import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaMoved;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.cloud.CloudCommand.MoveCityQuota;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.scheme.SchemeEvent.FundAllocated;
import org.voucherledger.domain.scheme.SchemeEvent.FundReleased;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;

/** The bureau moves quota between cities: only what is available, so that their sum stays within the fund (CL-04). */
public final class CityQuotaHandler {

    private static final Set<BatchPhase> NOT_CLOSED = Set.of(BatchPhase.OPEN, BatchPhase.ENDED);

    private final Ledger ledger;

    public CityQuotaHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(MoveCityQuota move) {
        var from = ledger.batch(move.fromBatchId());
        var to = ledger.batch(move.toBatchId());
        Checks.inOrder(
                () -> from.now().isOpened(move.fromBatchId()), () -> to.now().isOpened(move.toBatchId()));
        var opened = from.now().opened();
        var scheme = ledger.scheme(opened.schemeId());
        Checks.inOrder(
                () -> scheme.now().terms(opened.schemeVersion()).isOfKind(Kind.CLOUD, "move quota"),
                () -> CL_04.holds(
                        STATE,
                        "SameBatch",
                        !move.fromBatchId().equals(move.toBatchId()),
                        "another batch",
                        move.fromBatchId(),
                        move.toBatchId()),
                () -> CL_04.holds(
                        STATE,
                        "OtherScheme",
                        to.now().opened().schemeId().equals(opened.schemeId()),
                        opened.schemeId(),
                        to.now().opened().schemeId(),
                        move.toBatchId()),
                () -> from.now().isIn(CL_04, "move quota", NOT_CLOSED),
                () -> to.now().isIn(CL_04, "move quota", NOT_CLOSED),
                () -> CL_04.atMost(AMOUNTS, "MoreThanAvailable", from.now().available(), Fen.of(move.amountFen())));

        from.record(moved(move, move.fromBatchId(), opened.schemeId()));
        scheme.record(new FundReleased(opened.schemeId(), move.fromBatchId(), move.amountFen()));
        scheme.record(new FundAllocated(
                opened.schemeId(), move.toBatchId(), to.now().opened().city(), move.amountFen()));
        to.record(moved(move, move.toBatchId(), opened.schemeId()));
    }

    private static CityQuotaMoved moved(MoveCityQuota move, String batchId, String schemeId) {
        return new CityQuotaMoved(
                batchId,
                schemeId,
                move.fromBatchId(),
                move.toBatchId(),
                move.amountFen(),
                move.noticeNumber(),
                move.reason());
    }
}
