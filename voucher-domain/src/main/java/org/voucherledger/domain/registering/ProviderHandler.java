package org.voucherledger.domain.registering;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Check.PRODUCT;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_04;
import static org.voucherledger.domain.rule.Rule.GZ_06;
import static org.voucherledger.domain.rule.Rule.GZ_07;
import static org.voucherledger.domain.rule.Rule.GZ_32;

import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.aggregate.Live;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.PaymentTurn;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.oversight.Ground;
import org.voucherledger.domain.party.ProviderCommand;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.party.ProviderCommand.ProposeProduct;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderCommand.RenameProvider;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import org.voucherledger.domain.party.ProviderCommand.WithdrawProduct;
import org.voucherledger.domain.party.ProviderEvent;
import org.voucherledger.domain.party.ProviderEvent.ProductProposed;
import org.voucherledger.domain.party.ProviderEvent.ProductPublished;
import org.voucherledger.domain.party.ProviderEvent.ProductWithdrawn;
import org.voucherledger.domain.party.ProviderEvent.ProviderDisqualified;
import org.voucherledger.domain.party.ProviderEvent.ProviderFreezeLifted;
import org.voucherledger.domain.party.ProviderEvent.ProviderFrozen;
import org.voucherledger.domain.party.ProviderEvent.ProviderRecognised;
import org.voucherledger.domain.party.ProviderEvent.ProviderRegistered;
import org.voucherledger.domain.party.ProviderEvent.ProviderRenamed;
import org.voucherledger.domain.party.ProviderEvent.ProviderVerified;
import org.voucherledger.domain.party.ProviderState;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.violation.NewDeadline;

/** The register of providers: recognition, registration, products, and what stands against them. */
public final class ProviderHandler {

    private final Ledger ledger;

    public ProviderHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(RecogniseProvider entry) {
        ledger.provider(entry.providerId())
                .record(new ProviderRecognised(
                        entry.providerId(),
                        entry.name(),
                        entry.level(),
                        entry.city(),
                        entry.serviceTypes(),
                        entry.merchantCategories(),
                        entry.supplierClass(),
                        entry.validFrom(),
                        entry.validTo()));
    }

    @CommandHandler
    public void handle(RegisterProvider register, Stamp stamp) {
        var provider = ledger.provider(register.providerId());
        Checks.inOrder(
                () -> stamp.actsFor(register.providerId()),
                () -> GZ_04.finds(
                        STATE,
                        "AlreadyRegistered",
                        !provider.now().exists(),
                        "not registered",
                        "registered",
                        register.providerId()),
                () -> isOnTheList(provider.now(), register),
                () -> isRegisteredWhereItMay(provider.now(), register));
        provider.record(
                new ProviderRegistered(register.providerId(), register.name(), register.city(), register.documents()));
    }

    @CommandHandler
    public void handle(VerifyProvider verify, Stamp stamp) {
        var provider = registered(verify, stamp);
        Checks.inOrder(() -> GZ_04.finds(
                STATE, "AlreadyVerified", !provider.now().verified(), "not checked yet", "checked", "verify"));
        provider.record(new ProviderVerified(verify.providerId()));
    }

    @CommandHandler
    public void handle(RenameProvider rename, Stamp stamp) {
        registered(rename, stamp)
                .record(new ProviderRenamed(rename.providerId(), rename.name(), rename.from(), rename.proof()));
    }

    /** A change is a new version; the published one stays orderable until the operator publishes the new (GZ-07). */
    @CommandHandler
    public void handle(ProposeProduct propose, Stamp stamp) {
        var provider = registered(propose, stamp);
        Checks.inOrder(
                () -> provider.now().standing().isNotDisqualified(propose.providerId()),
                () -> provider.now().standing().isNotFrozen(propose.providerId()),
                () -> GZ_06.isOneOf(
                        PRODUCT,
                        "TypeNotRecognised",
                        provider.now().recognition().serviceTypes(),
                        propose.serviceType(),
                        propose.productId()),
                () -> ProductPapers.areComplete(propose));
        var known = provider.now().product(propose.productId());
        provider.record(new ProductProposed(
                propose.providerId(),
                propose.productId(),
                known == null ? 1 : known.proposed().version() + 1,
                propose.name(),
                propose.serviceType(),
                propose.description(),
                propose.priceFromFen(),
                propose.priceToFen(),
                propose.chargingBasis(),
                propose.documents()));
    }

    /** What has been proposed since the operator looked has not been checked (GZ-07). */
    @CommandHandler
    public void handle(PublishProduct publish, Stamp stamp) {
        var provider = registered(publish, stamp);
        var product = provider.now().product(publish.productId());
        boolean open = product != null && !product.proposed().equals(product.published());
        Checks.inOrder(
                () -> GZ_07.finds(STATE, "NothingProposed", open, "a proposed version", "none", publish.productId()),
                () -> GZ_07.holds(
                        STATE,
                        "AnotherVersionProposed",
                        publish.version() == product.proposed().version(),
                        "version " + product.proposed().version(),
                        "version " + publish.version(),
                        publish.productId()),
                () -> provider.now().standing().isNotDisqualified(publish.providerId()),
                () -> provider.now().standing().isNotFrozen(publish.providerId()));
        provider.record(new ProductPublished(
                publish.providerId(), publish.productId(), product.proposed().version()));
    }

    @CommandHandler
    public void handle(WithdrawProduct withdraw, Stamp stamp) {
        var provider = registered(withdraw, stamp);
        var product = provider.now().product(withdraw.productId());
        Checks.inOrder(() -> GZ_07.finds(
                STATE,
                "ProductNotPublished",
                product != null && product.published() != null,
                "a published product",
                "none",
                withdraw.productId()));
        provider.record(new ProductWithdrawn(withdraw.providerId(), withdraw.productId(), withdraw.reason()));
    }

    @CommandHandler
    public void handle(FreezeProvider freeze, Stamp stamp) {
        var provider = registered(freeze, stamp);
        var ground = Ground.againstProvider(ledger, freeze.groundId(), freeze.providerId());
        Checks.inOrder(
                () -> GZ_32.finds(
                        STATE, "AlreadyFrozen", !provider.now().standing().frozen(), "not frozen", "frozen", "freeze"),
                ground::stands);
        provider.record(new ProviderFrozen(freeze.providerId(), freeze.reason()));
        PaymentTurn.tellOfProvider(ledger, freeze.providerId(), stamp);
        ground.actedUpon("FreezeProvider");
    }

    @CommandHandler
    public void handle(LiftProviderFreeze lift, Stamp stamp) {
        var provider = registered(lift, stamp);
        Checks.inOrder(
                () -> GZ_32.finds(
                        STATE, "NotFrozen", provider.now().standing().frozen(), "frozen", "not frozen", "lift"),
                () -> NewDeadline.isAhead(lift.newDeadline(), stamp));
        provider.record(
                new ProviderFreezeLifted(lift.providerId(), stamp.receivedAt(), lift.newDeadline(), lift.reason()));
        PaymentTurn.tellOfProvider(ledger, lift.providerId(), stamp);
    }

    @CommandHandler
    public void handle(DisqualifyProvider disqualify, Stamp stamp) {
        var provider = registered(disqualify, stamp);
        var ground = Ground.againstProvider(ledger, disqualify.groundId(), disqualify.providerId());
        Checks.inOrder(
                () -> GZ_32.finds(
                        STATE,
                        "AlreadyDisqualified",
                        !provider.now().standing().disqualified(),
                        "not disqualified",
                        "disqualified",
                        "disqualify"),
                ground::stands);
        provider.record(new ProviderDisqualified(disqualify.providerId(), disqualify.reason()));
        PaymentTurn.tellOfProvider(ledger, disqualify.providerId(), stamp);
        ground.actedUpon("DisqualifyProvider");
    }

    /** GZ-04: not on the list, under its name there: cannot register. */
    private static Decision isOnTheList(ProviderState provider, RegisterProvider register) {
        var entry = provider.recognition();
        boolean holds = entry != null && entry.name().equals(register.name());
        return GZ_04.holds(
                PARTY,
                "NotOnTheList",
                holds,
                "on the recognition list",
                entry == null ? "not listed" : entry.name(),
                register.name());
    }

    /** GZ-04: national and provincial ones anywhere in the province, the others in the city that recognised them. */
    private static Decision isRegisteredWhereItMay(ProviderState provider, RegisterProvider register) {
        var entry = provider.recognition();
        boolean anywhere = entry.level() == RecognitionLevel.NATIONAL || entry.level() == RecognitionLevel.PROVINCIAL;
        return GZ_04.holds(
                PARTY,
                "OtherCity",
                anywhere || entry.city().equals(register.city()),
                entry.city(),
                entry.level().name(),
                register.city());
    }

    private Live<ProviderState, ProviderEvent> registered(ProviderCommand command, Stamp stamp) {
        var provider = ledger.provider(command.providerId());
        Checks.inOrder(
                () -> stamp.actsFor(command.providerId()),
                () -> GZ_04.finds(
                        ACTOR,
                        "ProviderUnknown",
                        provider.now().exists(),
                        "a registered provider",
                        "unknown",
                        command.providerId()));
        return provider;
    }
}
