package org.voucherledger.domain.cloud;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.CAPS;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.CL_01;
import static org.voucherledger.domain.rule.Rule.CL_03;
import static org.voucherledger.domain.rule.Rule.CL_06;
import static org.voucherledger.domain.rule.Rule.CL_08;
import static org.voucherledger.domain.rule.Rule.GZ_10;
import static org.voucherledger.domain.rule.Rule.GZ_11;
import static org.voucherledger.domain.rule.Rule.GZ_27;

import java.util.Optional;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.applying.Eligibility;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaReserved;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.batch.QueueState;
import org.voucherledger.domain.cloud.CloudCommand.ApplyWithContract;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.PapersCheck;
import org.voucherledger.domain.dossier.PeriodCheck;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaPended;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.ordering.ProviderFitness;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReserved;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyBound;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;

/**
 * Applying with a contract: receipt takes a position and reserves the city's quota and the provider's limit, or is refused
 * (CL-03). The application, its voucher, both quotas, the batch's money and the contract's key change together or not at all.
 */
public final class ReservingHandler {

    private final Ledger ledger;

    public ReservingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public Reserved handle(ApplyWithContract apply, Stamp stamp) {
        var batch = ledger.batch(apply.batchId());
        Checks.inOrder(
                () -> stamp.actsFor(apply.enterpriseId()), () -> batch.now().isOpened(apply.batchId()));

        var opened = batch.now().opened();
        SchemeState scheme = ledger.scheme(opened.schemeId()).now();
        SchemeTerms terms = scheme.terms(opened.schemeVersion());
        Checks.inOrder(() -> terms.isOfKind(Kind.CLOUD, "apply with a contract"));

        var enterprise = ledger.enterprise(apply.enterpriseId()).now();
        var provider = ledger.provider(apply.providerId()).now();
        int year = Shanghai.yearOf(stamp.receivedAt());
        var quota = ledger.enterpriseQuota(opened.schemeId(), apply.enterpriseId(), year);
        var providerQuota = ledger.providerQuota(opened.schemeId(), apply.providerId(), terms.year());
        var queue = ledger.queue(apply.batchId());
        var entry = ledger.catalogueEntry(apply.providerId(), apply.productId()).now();
        Contract contract = apply.contract().asContract();
        UsedOnceKey item = UsedKeys.contractItem(apply.enterpriseId(), apply.providerId(), contract);

        long position = queue.now().lastPosition() + 1;
        String applicationId = Reserved.applicationAt(apply.batchId(), position);
        String voucherId = Reserved.voucherAt(apply.batchId(), position);
        int tier = Eligibility.tierOf(enterprise, terms);
        int application = quota.now().nextApplication();
        Optional<Tariff> tariff = Eligibility.tariffOf(enterprise, opened.city(), terms, application);
        Fen face = tariff.map(row -> share(contract.relatedFen(), row.shareBasisPoints()))
                .orElse(Fen.ZERO);

        Checks.inOrder(
                () -> batch.now().isIn(GZ_10, "apply with a contract", Set.of(BatchPhase.OPEN)),
                () -> VoucherDossier.isGood(enterprise.standing(), apply.enterpriseId()),
                () -> VoucherDossier.isGood(provider.standing(), apply.providerId()),
                () -> batch.now().windowHasOpened(stamp.receivedAt()),
                () -> batch.now().windowHasNotClosed(stamp.receivedAt()),
                () -> Eligibility.againstParty(enterprise, apply.enterpriseId(), opened.city(), terms, year),
                () -> ProviderFitness.isRecognised(provider, apply.providerId(), stamp.date()),
                () -> ProviderFitness.mayTakeVouchersOf(provider, opened.city(), terms),
                () -> ProviderFitness.isNotTied(enterprise, apply.enterpriseId(), apply.providerId()),
                () -> entry.isOnTheCatalogueOf(terms.cloud().catalogueYear(), apply.productId()),
                () -> declaredNoViolation(apply),
                () -> declaredNotFunded(apply.declaredNotFundedOtherwise(), "apply with a contract"),
                () -> PapersCheck.of("APPLY", apply.documents(), terms.papers()),
                () -> isSigned(contract, stamp),
                () -> enterprise.names().match("contract", contract.enterpriseName(), contract.signedOn()),
                () -> provider.names().match("contract", contract.providerName(), contract.signedOn()),
                () -> PeriodCheck.of(contract, terms.servicePeriod()),
                () -> Eligibility.isInTheTariff(tariff, application),
                () -> isWorthSomething(face, contract),
                () -> staysBelowTheCeiling(face, tariff.orElseThrow()),
                () -> quota.now().hasAnotherToWait(terms.cloud().mostWaiting()),
                () -> staysWithinTheCap(face, quota.now(), tariff.orElseThrow()),
                () -> fitsTheCity(face, batch.now()),
                () -> leavesTheFirstTierItsPart(face, tier, batch.now(), queue.now(), scheme, terms),
                () -> providerQuota
                        .now()
                        .mayReserveWithItsContract(
                                face,
                                scheme.providerCap(
                                        terms,
                                        provider.supplierClass(),
                                        providerQuota.now().limit())),
                () -> ledger.usedOnce(item).now().mayServe(voucherId, item),
                () -> VoucherDossier.isNotFundedOtherwise(enterprise, item));

        int share = tariff.orElseThrow().shareBasisPoints();
        quota.record(new QuotaPended(
                opened.schemeId(),
                apply.enterpriseId(),
                year,
                apply.batchId(),
                applicationId,
                face.value(),
                tariff.orElseThrow().annualCapFen()));
        queue.record(new ApplicationReserved(
                apply.batchId(),
                opened.schemeId(),
                applicationId,
                voucherId,
                apply.enterpriseId(),
                apply.providerId(),
                position,
                tier,
                share,
                face.value(),
                stamp.receivedAt()));
        batch.record(new CityQuotaReserved(
                apply.batchId(),
                applicationId,
                voucherId,
                apply.enterpriseId(),
                position,
                tier,
                face.value(),
                batch.now().available().value()));
        ledger.voucher(voucherId)
                .record(new VoucherReserved(
                        voucherId,
                        apply.batchId(),
                        opened.schemeId(),
                        opened.schemeVersion(),
                        applicationId,
                        apply.enterpriseId(),
                        apply.providerId(),
                        apply.productId(),
                        entry.in(terms.cloud().catalogueYear()).version(),
                        position,
                        tier,
                        year,
                        share,
                        face.value(),
                        contract,
                        apply.documents(),
                        stamp.receivedAt()));
        providerQuota.record(new ProviderQuotaReserved(
                opened.schemeId(), apply.providerId(), terms.year(), voucherId, face.value()));
        ledger.usedOnce(item).record(new KeyBound(item.kind(), item.key(), voucherId));
        return new Reserved(applicationId, voucherId, position, tier, face.value());
    }

    /** CL-06: floor to fen; exact, whatever the amount. */
    static Fen share(long amountFen, int basisPoints) {
        return Fen.of(amountFen).share(basisPoints);
    }

    private static Decision declaredNoViolation(ApplyWithContract apply) {
        return CL_01.finds(
                DOCUMENTS,
                "ViolationNotExcluded",
                apply.declaredNoFiscalViolation(),
                "declared no serious fiscal violation in five years",
                "not declared",
                "apply with a contract");
    }

    /** CL-08: the contract that comes with the application is a concluded one. */
    private static Decision isSigned(Contract contract, Stamp stamp) {
        return CL_08.holds(
                DOCUMENTS,
                "ContractNotSigned",
                !contract.signedOn().isAfter(stamp.date()),
                stamp.date().toString(),
                contract.signedOn().toString(),
                contract.signedOn().toString());
    }

    /** GZ-27: declared with each step that brings the papers of the item. */
    static Decision declaredNotFunded(boolean declared, String step) {
        return GZ_27.finds(DOCUMENTS, "NotDeclared", declared, "declared not funded otherwise", "not declared", step);
    }

    /** A share of less than one fen is no voucher. */
    private static Decision isWorthSomething(Fen face, Contract contract) {
        return CL_06.holds(AMOUNTS, "NothingToSubsidise", !face.isZero(), 1L, 0L, contract.relatedFen());
    }

    private static Decision staysBelowTheCeiling(Fen face, Tariff tariff) {
        return tariff.ceilingFen() == null
                ? null
                : GZ_11.atMost(AMOUNTS, "ApplicationCeilingExceeded", Fen.of(tariff.ceilingFen()), face);
    }

    private static Decision staysWithinTheCap(Fen face, EnterpriseQuotaState quota, Tariff tariff) {
        return tariff.annualCapFen() == null ? null : quota.hasRoomFor(face, Fen.of(tariff.annualCapFen()));
    }

    /** CL-03: what is available of the city's quota. */
    private static Decision fitsTheCity(Fen face, BatchState batch) {
        return CL_03.atMost(CAPS, "CityQuotaExceeded", batch.available(), face);
    }

    /**
     * CL-03: a part of the budget is kept for the first tier. What of it the first tier has reserved already is kept no
     * longer, so that nobody's reservation is ever displaced.
     */
    private static Decision leavesTheFirstTierItsPart(
            Fen face, int tier, BatchState batch, QueueState queue, SchemeState scheme, SchemeTerms terms) {
        Integer basisPoints = terms.cloud().firstTierReserveBasisPoints();
        if (basisPoints == null || tier == 0) {
            return null;
        }
        Fen budget = scheme.budgets().get(batch.opened().batchId());
        Fen kept = budget.share(basisPoints);
        Fen reserved = queue.tier(0).reserved();
        Fen stillKept = kept.exceeds(reserved) ? kept.minus(reserved) : Fen.ZERO;
        Fen left = batch.available().exceeds(stillKept) ? batch.available().minus(stillKept) : Fen.ZERO;
        return CL_03.atMost(CAPS, "KeptForTheFirstTier", left, face);
    }
}
