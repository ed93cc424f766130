package org.voucherledger.domain.applying;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Rule.GZ_10;
import static org.voucherledger.domain.rule.Rule.GZ_11;
import static org.voucherledger.domain.rule.Rule.GZ_13;

import java.time.Instant;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.ApplicationsEnded;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.batch.QueueState;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.PendingReleased;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaPended;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.time.WorkingDays;

/** The window of a batch: applications are received, withdrawn, and end. */
public final class ApplyingHandler {

    private final Ledger ledger;

    public ApplyingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public Applied handle(Apply apply, Stamp stamp) {
        var batch = ledger.batch(apply.batchId());
        Checks.inOrder(
                () -> stamp.actsFor(apply.enterpriseId()), () -> batch.now().isOpened(apply.batchId()));

        var opened = batch.now().opened();
        SchemeTerms terms = ledger.scheme(opened.schemeId()).now().terms(opened.schemeVersion());
        var enterprise = ledger.enterprise(apply.enterpriseId()).now();
        int year = Shanghai.yearOf(stamp.receivedAt());
        var quota = ledger.enterpriseQuota(opened.schemeId(), apply.enterpriseId(), year);
        var queue = ledger.queue(apply.batchId());

        int application = quota.now().nextApplication();
        var tariff = Eligibility.tariffOf(enterprise, opened.city(), terms, application);
        Checks.inOrder(
                () -> terms.isOfKind(SchemeTerms.Kind.SERVICE, "apply"),
                () -> isReceiving(batch.now(), "apply"),
                () -> ledger.enterpriseQuota(
                                opened.schemeId(),
                                apply.enterpriseId(),
                                yearOfLiveApplication(apply.batchId(), apply.enterpriseId(), opened, stamp))
                        .now()
                        .hasNoApplicationIn(apply.batchId()),
                () -> VoucherDossier.isGood(enterprise.standing(), apply.enterpriseId()),
                () -> batch.now().windowHasOpened(stamp.receivedAt()),
                () -> batch.now().windowHasNotClosed(stamp.receivedAt()),
                () -> Eligibility.againstParty(enterprise, apply.enterpriseId(), opened.city(), terms, year),
                () -> hasNotTooManyParts(apply, terms),
                () -> partsSumUp(apply),
                () -> Eligibility.isInTheTariff(tariff, application),
                () -> staysBelowTheCeiling(apply, tariff.orElseThrow()),
                () -> staysWithinTheCap(apply, quota.now(), tariff.orElseThrow()));

        // Asked before anything is recorded: a year without working days refuses the application that would end them.
        ApplicationsEnded end = isFullWith(apply, queue.now(), batch.now(), terms)
                ? ended(apply.batchId(), stamp.receivedAt(), true, terms)
                : null;
        long position = queue.now().lastPosition() + 1;
        String applicationId = apply.batchId() + "-A" + position;
        int tier = Eligibility.tierOf(enterprise, terms);
        quota.record(new QuotaPended(
                opened.schemeId(),
                apply.enterpriseId(),
                year,
                apply.batchId(),
                applicationId,
                apply.amountFen(),
                tariff.orElseThrow().annualCapFen()));
        queue.record(new ApplicationQueued(
                apply.batchId(),
                opened.schemeId(),
                applicationId,
                apply.enterpriseId(),
                position,
                tier,
                tariff.orElseThrow().shareBasisPoints(),
                apply.amountFen(),
                apply.partsFen(),
                stamp.receivedAt()));
        if (end != null) {
            batch.record(end);
        }
        return new Applied(applicationId, position, tier);
    }

    @CommandHandler
    public void handle(WithdrawApplication withdraw, Stamp stamp) {
        var batch = ledger.batch(withdraw.batchId());
        Checks.inOrder(
                () -> stamp.actsFor(withdraw.enterpriseId()), () -> batch.now().isOpened(withdraw.batchId()));

        var opened = batch.now().opened();
        int year = yearOfLiveApplication(withdraw.batchId(), withdraw.enterpriseId(), opened, stamp);
        var quota = ledger.enterpriseQuota(opened.schemeId(), withdraw.enterpriseId(), year);
        var enterprise = ledger.enterprise(withdraw.enterpriseId()).now();

        SchemeTerms terms = ledger.scheme(opened.schemeId()).now().terms(opened.schemeVersion());
        Checks.inOrder(
                () -> terms.isOfKind(SchemeTerms.Kind.SERVICE, "withdraw"),
                () -> isReceiving(batch.now(), "withdraw"),
                () -> quota.now().hasApplicationIn(withdraw.batchId()),
                () -> VoucherDossier.isGood(enterprise.standing(), withdraw.enterpriseId()),
                () -> batch.now().windowHasNotClosed(stamp.receivedAt()));

        var application = quota.now().pending().get(withdraw.batchId());
        String applicationId = application.applicationId();
        long position = Long.parseLong(applicationId.substring(applicationId.lastIndexOf("-A") + 2));
        long amountFen = application.amount().value();
        ledger.queue(withdraw.batchId())
                .record(new ApplicationWithdrawn(
                        withdraw.batchId(), applicationId, withdraw.enterpriseId(), position, amountFen));
        quota.record(new PendingReleased(
                opened.schemeId(), withdraw.enterpriseId(), year, withdraw.batchId(), applicationId, amountFen));
    }

    @CommandHandler
    public void handle(EndApplications end, Stamp stamp) {
        var batch = ledger.batch(end.batchId());
        Checks.inOrder(
                () -> batch.now().isOpened(end.batchId()),
                () -> isReceiving(batch.now(), "end applications"),
                () -> batch.now().windowHasClosed(stamp.receivedAt()));
        var opened = batch.now().opened();
        SchemeTerms terms = ledger.scheme(opened.schemeId()).now().terms(opened.schemeVersion());
        // They ended when the window closed, however late that is recorded (GZ-20 counts from there).
        batch.record(ended(end.batchId(), batch.now().date(BatchDate.APPLY_UNTIL), false, terms));
    }

    /** GZ-10, GZ-13: applications have not ended, neither by time nor because the batch was full. */
    private static Decision isReceiving(BatchState batch, String asked) {
        boolean full = batch.ended() != null && batch.ended().full();
        return batch.isIn(full ? GZ_13 : GZ_10, asked, Set.of(BatchPhase.OPEN));
    }

    private static Decision hasNotTooManyParts(Apply apply, SchemeTerms terms) {
        long most = terms.applying().mostParts();
        long parts = apply.partsFen().size();
        return GZ_11.holds(
                AMOUNTS, "TooManyParts", parts <= most, "at most " + most, parts + " parts", parts + " parts");
    }

    private static Decision partsSumUp(Apply apply) {
        long sum = apply.partsFen().stream().mapToLong(Long::longValue).sum();
        return GZ_11.holds(AMOUNTS, "PartsDoNotSumUp", sum == apply.amountFen(), apply.amountFen(), sum, sum);
    }

    private static Decision staysBelowTheCeiling(Apply apply, Tariff tariff) {
        return tariff.ceilingFen() == null
                ? null
                : GZ_11.atMost(
                        AMOUNTS, "ApplicationCeilingExceeded", Fen.of(tariff.ceilingFen()), Fen.of(apply.amountFen()));
    }

    private static Decision staysWithinTheCap(Apply apply, EnterpriseQuotaState quota, Tariff tariff) {
        return tariff.annualCapFen() == null
                ? null
                : quota.hasRoomFor(Fen.of(apply.amountFen()), Fen.of(tariff.annualCapFen()));
    }

    /** GZ-13: the live amounts have reached the scheme's threshold, the reaching one included. */
    private static boolean isFullWith(Apply apply, QueueState queue, BatchState batch, SchemeTerms terms) {
        Integer threshold = terms.applying().stopAtBasisPointsOfBudget();
        // Before anything is granted, what is available is the budget as it stands.
        return threshold != null
                && Math.multiplyExact(queue.live().value() + apply.amountFen(), 10_000L)
                        >= Math.multiplyExact(batch.available().value(), (long) threshold);
    }

    private static ApplicationsEnded ended(String batchId, Instant at, boolean full, SchemeTerms terms) {
        if (terms.granting() == null) {
            return new ApplicationsEnded(batchId, at, full, null);
        }
        var lastDay = Shanghai.dateOf(full ? at : at.minusNanos(1));
        var due = WorkingDays.china().after(lastDay, terms.granting().resultsDueWorkingDays());
        return new ApplicationsEnded(batchId, at, full, Shanghai.endOf(due));
    }

    /** An application counts for the year of its receipt, which may be the year before in a window over New Year. */
    private int yearOfLiveApplication(String batchId, String enterpriseId, BatchOpened opened, Stamp stamp) {
        int thisYear = Shanghai.yearOf(stamp.receivedAt());
        for (int year = thisYear; year >= Math.max(thisYear - 1, Shanghai.yearOf(opened.applyFrom())); year--) {
            var quota = ledger.enterpriseQuota(opened.schemeId(), enterpriseId, year);
            if (quota.now().pending().containsKey(batchId)) {
                return year;
            }
        }
        return thisYear;
    }
}
