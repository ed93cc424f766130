package org.voucherledger.api.season;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.ProductDescription;
import org.voucherledger.domain.party.ProviderCommand.ProposeProduct;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.rule.Rule;

/** Everybody registers and is checked before the first window opens (GZ-02, GZ-04, GZ-06, GZ-07, GZ-08). */
final class Registering {

    private static final LocalDate RECOGNISED_FROM = LocalDate.of(2018, 1, 1);

    private final Scene scene;

    Registering(Scene scene) {
        this.scene = scene;
    }

    void plan() {
        for (Platform platform : scene.city.platforms()) {
            plan(platform);
        }
        planRefusedProviders();
        for (Firm firm : scene.city.firms()) {
            if (firm.flaw().registers()) {
                plan(firm);
            }
        }
        scene.city.firms().stream()
                .filter(firm -> firm.flaw().registers() && scene.city.tiedTo(firm) != null)
                .findFirst()
                .ifPresent(firm -> scene.at(
                        Calendar.at("2020-03-31", "15:00"),
                        Deed.refused(
                                Rule.GZ_08,
                                Caller.OPERATOR,
                                new RecordTie(
                                        firm.code(), scene.city.tiedTo(firm).code(), true, "once more"))));
        Firm first = scene.city.firms().getFirst();
        Instant later = Calendar.at("2020-03-31", "15:00");
        scene.at(
                later,
                Deed.refused(Rule.GZ_02, Caller.of(first), new RegisterEnterprise(first.code(), first.declaration())));
        scene.at(
                later,
                // The blacklist names whom it names, registered here or not.
                Deed.of(
                        Caller.OPERATOR,
                        new BlacklistEnterprise(
                                scene.city.firm(Flaw.UNREGISTERED).code(), true, "listed by the court")));
    }

    private void plan(Platform p) {
        Instant listed = Calendar.BEGIN;
        Instant registered = Calendar.at("2020-03-26", "11:00");
        Instant checked = Calendar.at("2020-03-27", "09:00");
        scene.at(listed, Deed.of(Caller.OPERATOR, recognition(p, p.validTo())));
        scene.at(
                registered,
                Deed.of(
                        Caller.of(p),
                        new RegisterProvider(p.code(), p.name(), p.city(), Desk.documents("LICENCE", "COMMITMENT"))));
        if (p.part() != Platform.Part.UNVERIFIED) {
            scene.at(checked, Deed.of(Caller.OPERATOR, new VerifyProvider(p.code())));
        }
        for (Offer offer : p.offers()) {
            scene.at(checked.plusSeconds(3600), Deed.of(Caller.of(p), proposal(p, offer.productId(), offer.type())));
            if (offer.published()) {
                scene.at(
                        checked.plusSeconds(7200),
                        Deed.of(Caller.OPERATOR, new PublishProduct(p.code(), offer.productId(), 1)));
            }
        }
    }

    /** Its entry on the recognition list. */
    static RecogniseProvider recognition(Platform p, LocalDate validTo) {
        return new RecogniseProvider(
                p.code(), p.name(), p.level(), p.city(), p.types(), Set.of(), null, RECOGNISED_FROM, validTo);
    }

    private static ProposeProduct proposal(Platform p, String productId, ServiceType type) {
        return new ProposeProduct(
                p.code(),
                productId,
                "示范服务 " + productId,
                type,
                new ProductDescription(
                        Set.of(p.city()), "中小微企业", "示范服务 " + productId, "受理、实施、交付", "不超过半年", "服务报告", "双方签字验收"),
                100_000,
                5_000_000,
                "按合同",
                Desk.documents("QUALIFICATION_PROOF", "PAST_CONTRACT"));
    }

    private void planRefusedProviders() {
        Instant registered = Calendar.at("2020-03-26", "12:00");
        Instant checked = Calendar.at("2020-03-27", "14:00");
        String unlisted = InventedCode.of('N', 1);
        Platform station = scene.city.the(Platform.Part.OTHER_CITY);
        Platform ordinary = scene.city.platforms().getLast();
        scene.at(
                registered,
                Deed.refused(
                        Rule.GZ_04,
                        Caller.provider(unlisted),
                        new RegisterProvider(unlisted, "粤示范名录外平台", City.NAME, Desk.documents("LICENCE"))));
        scene.at(
                registered,
                Deed.refused(
                        Rule.GZ_04,
                        Caller.of(station),
                        new RegisterProvider(station.code(), station.name(), City.NAME, Desk.documents("LICENCE"))));
        scene.at(checked, Deed.refused(Rule.GZ_04, Caller.OPERATOR, new VerifyProvider(ordinary.code())));
        scene.at(checked, Deed.refused(Rule.GZ_04, Caller.OPERATOR, new VerifyProvider(unlisted)));
        scene.at(
                checked,
                Deed.refused(Rule.GZ_07, Caller.OPERATOR, new PublishProduct(ordinary.code(), "P000-NONE", 1)));
        for (ServiceType type : ServiceType.values()) {
            if (!ordinary.types().contains(type)) {
                scene.at(
                        checked, Deed.refused(Rule.GZ_06, Caller.of(ordinary), proposal(ordinary, "P999-OTHER", type)));
                return;
            }
        }
    }

    private void plan(Firm firm) {
        // A few hundred a day, in the three days before the first window opens.
        Instant registered = Calendar.workingDaysAfter(Calendar.BEGIN, firm.number() % 3, 10 + firm.number() % 2);
        Instant checked = Calendar.at("2020-03-31", "10:00");
        scene.at(registered, Deed.of(Caller.of(firm), new RegisterEnterprise(firm.code(), firm.declaration())));
        if (firm.flaw().isVerified()) {
            scene.at(checked, Deed.of(Caller.OPERATOR, verification(firm)));
        }
        Platform related = scene.city.tiedTo(firm);
        if (related != null) {
            scene.at(
                    checked,
                    Deed.of(Caller.OPERATOR, new RecordTie(firm.code(), related.code(), true, "shares an owner")));
        }
        Instant acted = Calendar.at("2020-03-31", "14:00");
        switch (firm.flaw()) {
            case BLACKLISTED ->
                scene.at(
                        acted,
                        Deed.of(Caller.OPERATOR, new BlacklistEnterprise(firm.code(), true, "listed by the court")));
            case FROZEN ->
                scene.at(acted, Deed.of(Caller.OPERATOR, new FreezeEnterprise(firm.code(), "papers look forged")));
            case DISQUALIFIED ->
                scene.at(acted, Deed.of(Caller.BUREAU, new DisqualifyEnterprise(firm.code(), "papers were forged")));
            default -> {}
        }
    }

    /** What the operator found when it checked the enterprise for the year (GZ-02). */
    static VerifyEnterprise verification(Firm firm) {
        // One that will be passed over at the grant stands where the grant comes to it.
        Set<PriorityTag> tags =
                firm.flaw() == Flaw.BLACKLISTED_WHILE_QUEUED ? Set.of(PriorityTag.MONITORED) : firm.tags();
        int year = firm.flaw() == Flaw.VERIFIED_LAST_YEAR ? Calendar.YEAR - 1 : Calendar.YEAR;
        return new VerifyEnterprise(
                firm.code(),
                year,
                LocalDate.of(year, 1, 2),
                firm.flaw() != Flaw.OPERATES_IMPROPERLY,
                firm.flaw() != Flaw.AGAINST_POLICY,
                tags,
                List.copyOf(Desk.documents("LICENCE", "TAX_CERTIFICATE", "DECLARATION")));
    }
}
