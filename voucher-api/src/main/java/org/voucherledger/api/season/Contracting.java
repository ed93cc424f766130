package org.voucherledger.api.season;

import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_UPLOADED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDER_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.RETURNED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.time.Instant;
import org.voucherledger.api.season.Plan.Detour;
import org.voucherledger.api.season.Plan.End;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmContract;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherCommand.SendContractBack;
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;

/** Contracts: uploaded in time or too late, replaced, sent back, confirmed (GZ-20, GZ-22). */
final class Contracting {

    private final Scene scene;
    private final Paying paying;
    private final Temptations temptations;

    Contracting(Scene scene, Paying paying) {
        this.scene = scene;
        this.paying = paying;
        this.temptations = new Temptations(ContractTrespasses.of(scene));
    }

    Temptations temptations() {
        return temptations;
    }

    void upload(Holding h, Instant when) {
        scene.agenda.at(when, () -> {
            h.contract = Desk.contract(h, Shanghai.dateOf(when));
            temptations.tempt(
                    scene, h, Deed.of(h.holder(), uploading(h, h.contract)).then(() -> {
                        h.status = CONTRACT_UPLOADED;
                        uploaded(h);
                    }));
        });
    }

    static UploadContract uploading(Holding h, Contract contract) {
        return new UploadContract(h.voucherId, contract, true, Desk.documents("CONTRACT"));
    }

    /** At 00:00 of the day after the last one: too late (GZ-20). The sweep recovers the voucher. */
    void uploadTooLate(Holding h) {
        Instant late = h.orderBy;
        scene.agenda.at(
                late,
                () -> scene.next(Deed.refused(
                        Rule.GZ_20, h.holder(), uploading(h, Desk.contract(h, Shanghai.dateOf(scene.now()))))));
    }

    private void uploaded(Holding h) {
        if (h.takes(Detour.CONTRACT_REPLACED)) {
            h.detoured = true;
            h.attempts++;
            upload(h, scene.in(1, 14));
        } else if (h.takes(Detour.CONTRACT_SENT_BACK)) {
            h.detoured = true;
            scene.at(
                    scene.in(1 + h.day("send back").below(15), 15),
                    Deed.of(h.provider(), new SendContractBack(h.voucherId, "the stamp is missing"))
                            .then(() -> {
                                h.status = ORDER_CONFIRMED;
                                h.attempts++;
                                upload(h, scene.in(2, 14));
                            }));
        } else {
            scene.at(
                    scene.in(1 + h.day("confirm contract").below(5), 15),
                    Deed.of(h.provider(), new ConfirmContract(h.voucherId, true))
                            .then(() -> {
                                h.status = CONTRACT_CONFIRMED;
                                confirmed(h);
                            }));
        }
    }

    private void confirmed(Holding h) {
        if (h.endsAs(End.RETURNED_CONTRACTED)) {
            scene.at(
                    scene.in(5, 15),
                    Deed.of(h.holder(), new ReturnVoucher(h.voucherId, "the provider stopped the service"))
                            .then(() -> {
                                h.status = RETURNED;
                                scene.commit(h.firm, -h.faceFen);
                            }));
        } else if (h.takes(Detour.REVOKED)) {
            h.detoured = true;
            scene.at(
                    scene.in(5, 16),
                    Deed.of(Caller.BUREAU, new RevokeForCause(h.voucherId, "the contract was a pretence"))
                            .then(() -> h.status = REVOKED));
        } else if (!h.endsAs(End.CONTRACT_LAPSES)) {
            paying.payOn(h, h.payAt);
        }
    }
}
