package org.voucherledger.domain.consuming;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.PRODUCT;
import static org.voucherledger.domain.rule.Rule.CV_01;
import static org.voucherledger.domain.rule.Rule.GZ_10;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.batch.BatchCommand.TakeVoucher;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.MoneyTaken;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.holderquota.HolderQuotaEvent.HolderQuotaCharged;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Category;
import org.voucherledger.domain.scheme.SchemeTerms.Face;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherTaken;

/** Taking consumption vouchers: the cycle's money, the holder's count and the voucher change together or not at all (CV-01). */
public final class TakingHandler {

    private final Ledger ledger;

    public TakingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Answers the voucher; its name is the batch's and its number in it, so that nobody chooses one. */
    @CommandHandler
    public Taken handle(TakeVoucher take, Stamp stamp) {
        var batch = ledger.batch(take.batchId());
        Checks.inOrder(() -> stamp.actsFor(take.holderRef()), () -> batch.now().isOpened(take.batchId()));

        var opened = batch.now().opened();
        SchemeTerms terms = ledger.scheme(opened.schemeId()).now().terms(opened.schemeVersion());
        Checks.inOrder(() -> terms.isOfKind(Kind.CONSUMPTION, "take"));

        var quota = ledger.holderQuota(take.batchId(), take.holderRef());
        Category category = terms.consumption().categories().get(take.category());
        Checks.inOrder(
                () -> batch.now().isIn(GZ_10, "take", Set.of(BatchPhase.OPEN)),
                () -> batch.now().windowHasOpened(stamp.receivedAt()),
                () -> batch.now().windowHasNotClosed(stamp.receivedAt()),
                () -> CV_01.before(DEADLINE, "CycleEnded", batch.now().date(BatchDate.VALID_UNTIL), stamp.receivedAt()),
                () -> isOffered(take.category(), terms),
                () -> hasFace(take, category),
                () -> quota.now().mayTake(take.category(), category.mostPerHolder()),
                () -> batch.now().hasLeft(Fen.of(take.faceFen())));

        String voucherId = take.batchId() + "-T" + (batch.now().taken() + 1);
        batch.record(new MoneyTaken(
                take.batchId(),
                voucherId,
                take.faceFen(),
                batch.now().available().value()));
        quota.record(new HolderQuotaCharged(
                terms.schemeId(),
                take.batchId(),
                take.holderRef(),
                take.category(),
                voucherId,
                category.mostPerHolder()));
        long thresholdFen = face(take, category).thresholdFen();
        ledger.voucher(voucherId)
                .record(new VoucherTaken(
                        voucherId,
                        take.batchId(),
                        terms.schemeId(),
                        opened.schemeVersion(),
                        take.holderRef(),
                        take.category(),
                        take.faceFen(),
                        thresholdFen,
                        stamp.receivedAt()));
        return new Taken(voucherId, thresholdFen);
    }

    private static Decision isOffered(String category, SchemeTerms terms) {
        Set<String> offered = new TreeSet<>(terms.consumption().categories().keySet());
        return CV_01.isOneOf(PRODUCT, "CategoryNotOffered", offered, category, category);
    }

    private static Decision hasFace(TakeVoucher take, Category category) {
        List<Long> faces = category.faces().stream().map(Face::faceFen).sorted().toList();
        return CV_01.holds(
                AMOUNTS, "FaceNotOffered", faces.contains(take.faceFen()), faces.toString(), 0L, take.faceFen());
    }

    /** A face stands once in a category: a scheme file that says it twice is not published. */
    private static Face face(TakeVoucher take, Category category) {
        return category.faces().stream()
                .filter(face -> face.faceFen() == take.faceFen())
                .findFirst()
                .orElseThrow();
    }
}
