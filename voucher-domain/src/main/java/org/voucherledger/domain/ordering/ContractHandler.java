package org.voucherledger.domain.ordering;

import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.GZ_08;
import static org.voucherledger.domain.rule.Rule.GZ_20;
import static org.voucherledger.domain.rule.Rule.GZ_22;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_UPLOADED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDER_CONFIRMED;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.PapersCheck;
import org.voucherledger.domain.dossier.PeriodCheck;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmContract;
import org.voucherledger.domain.voucher.VoucherCommand.SendContractBack;
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;
import org.voucherledger.domain.voucher.VoucherEvent.ContractConfirmed;
import org.voucherledger.domain.voucher.VoucherEvent.ContractSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.ContractUploaded;

/** The contract of an order: uploaded, replaced, confirmed or sent back (GZ-20, GZ-22). */
public final class ContractHandler {

    private final Ledger ledger;

    public ContractHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A replacement in place of one received in time, before or after it was sent back, is in time until the voucher expires. */
    @CommandHandler
    public void handle(UploadContract upload, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, upload.voucherId());
        Contract contract = upload.contract();
        List<UsedOnceKey> key = List.of(UsedKeys.contractItem(dossier.enterpriseId(), dossier.providerId(), contract));

        Checks.inOrder(
                () -> stamp.actsFor(dossier.enterpriseId()),
                () -> dossier.isServiceIn(
                        GZ_20, "upload the contract", Set.of(ORDERED, ORDER_CONFIRMED, CONTRACT_UPLOADED)),
                dossier::isNotFrozen,
                () -> GZ_20.before(DEADLINE, "ContractDeadline", contractBy(dossier), stamp.receivedAt()),
                () -> ProviderFitness.isNotTied(dossier.enterprise(), dossier.enterpriseId(), dossier.providerId()),
                () -> declaredUnrelated(upload.declaredUnrelated()),
                () -> PapersCheck.of(
                        "CONTRACT", upload.documents(), dossier.terms().papers()),
                () -> dossier.enterprise().names().match("contract", contract.enterpriseName(), contract.signedOn()),
                () -> dossier.provider().names().match("contract", contract.providerName(), contract.signedOn()),
                () -> isOfTheOrderedType(contract, dossier),
                () -> PeriodCheck.of(contract, dossier.terms().servicePeriod()),
                () -> dossier.mayUse(key),
                () -> dossier.isNotFundedOtherwise(contract));

        if (!UsedKeys.ofContract(dossier.voucher()).equals(key)) {
            dossier.release(UsedKeys.ofContract(dossier.voucher()));
        }
        dossier.bind(key);
        dossier.record(new ContractUploaded(upload.voucherId(), dossier.batchId(), contract, upload.documents()));
    }

    @CommandHandler
    public void handle(ConfirmContract confirm, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, confirm.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.providerId()),
                () -> dossier.isServiceIn(GZ_22, "confirm the contract", Set.of(CONTRACT_UPLOADED)),
                dossier::isNotFrozen,
                () -> GZ_20.before(
                        DEADLINE, "VoucherExpired", dossier.deadlines().validUntil(), stamp.receivedAt()),
                () -> declaredUnrelated(confirm.declaredUnrelated()));
        dossier.record(new ContractConfirmed(confirm.voucherId(), dossier.batchId()));
    }

    @CommandHandler
    public void handle(SendContractBack back, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, back.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.providerId()),
                () -> dossier.isServiceIn(GZ_22, "send the contract back", Set.of(CONTRACT_UPLOADED)),
                dossier::isNotFrozen,
                () -> GZ_33.before(
                        DEADLINE, "VoucherExpired", dossier.deadlines().validUntil(), stamp.receivedAt()));
        dossier.record(new ContractSentBack(back.voucherId(), dossier.batchId(), back.reason()));
    }

    private static Instant contractBy(VoucherDossier dossier) {
        return dossier.voucher().contractedInTime()
                ? dossier.deadlines().validUntil()
                : dossier.deadlines().orderBy();
    }

    /** GZ-08: both parties declare with the contract that they are not related. */
    private static Decision declaredUnrelated(boolean declared) {
        return GZ_08.finds(DOCUMENTS, "NotDeclared", declared, "declared unrelated", "not declared", "contract");
    }

    private static Decision isOfTheOrderedType(Contract contract, VoucherDossier dossier) {
        var ordered = dossier.voucher().order().serviceType();
        return GZ_22.holds(
                DOCUMENTS,
                "NotAsOrdered",
                contract.serviceType() == ordered,
                ordered.name(),
                contract.serviceType().name(),
                contract.serviceType().name());
    }
}
