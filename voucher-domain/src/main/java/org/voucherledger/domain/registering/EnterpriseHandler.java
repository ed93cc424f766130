package org.voucherledger.domain.registering;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_02;
import static org.voucherledger.domain.rule.Rule.GZ_08;
import static org.voucherledger.domain.rule.Rule.GZ_09;
import static org.voucherledger.domain.rule.Rule.GZ_32;

import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.aggregate.Live;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.PaymentTurn;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.oversight.Ground;
import org.voucherledger.domain.party.EnterpriseCommand;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.CorrectDeclaration;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.EnterpriseCommand.RecordOtherFunding;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.RenameEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.EnterpriseEvent.DeclarationCorrected;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseBlacklisted;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseDisqualified;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseFreezeLifted;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseFrozen;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRenamed;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseVerified;
import org.voucherledger.domain.party.EnterpriseEvent.OtherFundingRecorded;
import org.voucherledger.domain.party.EnterpriseEvent.TieRecorded;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SizeStandard;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.violation.NewDeadline;

/** The register of enterprises: what they declare, what the operator attests, what stands against them. */
public final class EnterpriseHandler {

    private final Ledger ledger;

    public EnterpriseHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(RegisterEnterprise register, Stamp stamp) {
        var enterprise = ledger.enterprise(register.enterpriseId());
        Checks.inOrder(
                () -> stamp.actsFor(register.enterpriseId()),
                () -> GZ_02.finds(
                        STATE,
                        "AlreadyRegistered",
                        !enterprise.now().exists(),
                        "not registered",
                        "registered",
                        register.enterpriseId()));
        enterprise.record(new EnterpriseRegistered(
                register.enterpriseId(), register.declaration(), sizeOf(register.declaration())));
    }

    /** The name stays: it changes by a dated renaming with proof only (GZ-09). */
    @CommandHandler
    public void handle(CorrectDeclaration correct, Stamp stamp) {
        var enterprise = registered(correct, stamp);
        Checks.inOrder(
                () -> enterprise.now().standing().isNotDisqualified(correct.enterpriseId()),
                () -> enterprise.now().standing().isNotFrozen(correct.enterpriseId()),
                () -> GZ_09.holds(
                        DOCUMENTS,
                        "NameDiffers",
                        enterprise
                                .now()
                                .names()
                                .at(stamp.date())
                                .equals(correct.declaration().name()),
                        enterprise.now().names().at(stamp.date()),
                        "declaration " + stamp.date(),
                        correct.declaration().name()));
        enterprise.record(
                new DeclarationCorrected(correct.enterpriseId(), correct.declaration(), sizeOf(correct.declaration())));
    }

    @CommandHandler
    public void handle(VerifyEnterprise verify, Stamp stamp) {
        var enterprise = registered(verify, stamp);
        Checks.inOrder(
                () -> VerificationPapers.areComplete(verify),
                () -> VerificationPapers.areOfTheYear(verify),
                () -> VerificationPapers.areSigned(verify, stamp.date()));
        enterprise.record(new EnterpriseVerified(
                verify.enterpriseId(),
                verify.year(),
                verify.declarationSignedOn(),
                verify.operatesProperly(),
                verify.fitsPolicy(),
                verify.priorityTags(),
                verify.documents()));
    }

    @CommandHandler
    public void handle(RenameEnterprise rename, Stamp stamp) {
        var enterprise = registered(rename, stamp);
        enterprise.record(new EnterpriseRenamed(rename.enterpriseId(), rename.name(), rename.from(), rename.proof()));
    }

    @CommandHandler
    public void handle(BlacklistEnterprise blacklist) {
        // The list is the authorities' own: whoever is on it counts, whether or not it has registered here yet.
        ledger.enterprise(blacklist.enterpriseId())
                .record(new EnterpriseBlacklisted(blacklist.enterpriseId(), blacklist.listed(), blacklist.reason()));
    }

    @CommandHandler
    public void handle(RecordTie tie, Stamp stamp) {
        var enterprise = registered(tie, stamp);
        boolean known = enterprise.now().ties().contains(tie.providerId());
        Checks.inOrder(() -> GZ_08.holds(
                STATE, "TieUnchanged", known != tie.tied(), "a change", known ? "tied" : "not tied", tie.providerId()));
        enterprise.record(new TieRecorded(tie.enterpriseId(), tie.providerId(), tie.tied(), tie.reason()));
    }

    @CommandHandler
    public void handle(RecordOtherFunding other, Stamp stamp) {
        var enterprise = registered(other, stamp);
        enterprise.record(new OtherFundingRecorded(
                other.enterpriseId(), other.providerId(), other.contractNumber(), other.item(), other.programme()));
    }

    @CommandHandler
    public void handle(FreezeEnterprise freeze, Stamp stamp) {
        var enterprise = registered(freeze, stamp);
        var ground = Ground.againstEnterprise(ledger, freeze.groundId(), freeze.enterpriseId());
        Checks.inOrder(
                () -> GZ_32.finds(
                        STATE,
                        "AlreadyFrozen",
                        !enterprise.now().standing().frozen(),
                        "not frozen",
                        "frozen",
                        "freeze"),
                ground::stands);
        enterprise.record(new EnterpriseFrozen(freeze.enterpriseId(), freeze.reason()));
        PaymentTurn.tellOfEnterprise(ledger, freeze.enterpriseId(), stamp);
        ground.actedUpon("FreezeEnterprise");
    }

    @CommandHandler
    public void handle(LiftEnterpriseFreeze lift, Stamp stamp) {
        var enterprise = registered(lift, stamp);
        Checks.inOrder(
                () -> GZ_32.finds(
                        STATE, "NotFrozen", enterprise.now().standing().frozen(), "frozen", "not frozen", "lift"),
                () -> NewDeadline.isAhead(lift.newDeadline(), stamp));
        enterprise.record(
                new EnterpriseFreezeLifted(lift.enterpriseId(), stamp.receivedAt(), lift.newDeadline(), lift.reason()));
        PaymentTurn.tellOfEnterprise(ledger, lift.enterpriseId(), stamp);
    }

    @CommandHandler
    public void handle(DisqualifyEnterprise disqualify, Stamp stamp) {
        var enterprise = registered(disqualify, stamp);
        var ground = Ground.againstEnterprise(ledger, disqualify.groundId(), disqualify.enterpriseId());
        Checks.inOrder(
                () -> GZ_32.finds(
                        STATE,
                        "AlreadyDisqualified",
                        !enterprise.now().standing().disqualified(),
                        "not disqualified",
                        "disqualified",
                        "disqualify"),
                ground::stands);
        enterprise.record(new EnterpriseDisqualified(disqualify.enterpriseId(), disqualify.reason()));
        PaymentTurn.tellOfEnterprise(ledger, disqualify.enterpriseId(), stamp);
        ground.actedUpon("DisqualifyEnterprise");
    }

    private Live<EnterpriseState, EnterpriseEvent> registered(EnterpriseCommand command, Stamp stamp) {
        var enterprise = ledger.enterprise(command.enterpriseId());
        Checks.inOrder(
                () -> stamp.actsFor(command.enterpriseId()),
                () -> GZ_02.finds(
                        ACTOR,
                        "EnterpriseUnknown",
                        enterprise.now().exists(),
                        "a registered enterprise",
                        "unknown",
                        command.enterpriseId()));
        return enterprise;
    }

    private static Size sizeOf(Declaration declared) {
        return SizeStandard.of2011()
                .sizeOf(declared.industry(), declared.employees(), declared.revenueWan(), declared.assetsWan());
    }
}
