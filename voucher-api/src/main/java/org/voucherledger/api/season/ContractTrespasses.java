package org.voucherledger.api.season;

import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.EnterpriseCommand.RecordOtherFunding;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmContract;
import org.voucherledger.domain.voucher.VoucherCommand.SendContractBack;
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;
import org.voucherledger.domain.voucher.VoucherStatus;

/** What is tried with an ordered voucher and its contract, and must be refused (GZ-08, GZ-09, GZ-22, GZ-23, GZ-26, GZ-45). */
final class ContractTrespasses {

    private static final LocalDate BEFORE_PERIOD = LocalDate.of(2019, 11, 30);
    private static final LocalDate AFTER_PERIOD = LocalDate.of(2020, 12, 1);
    private static final long TOO_LARGE_BYTES = 5_242_881;

    private ContractTrespasses() {}

    static List<Trespass> of(Scene scene) {
        return List.of(
                Trespass.of(
                        "does not declare that the parties are unrelated",
                        Rule.GZ_08,
                        h -> Deed.of(
                                h.holder(),
                                new UploadContract(h.voucherId, h.contract, false, Desk.documents("CONTRACT")))),
                contract("has a contract for another service", Rule.GZ_22, ContractTrespasses::ofAnotherType),
                contract(
                        "signed before the service period", Rule.GZ_23, c -> dated(c, BEFORE_PERIOD, c.serviceUntil())),
                contract("is served after the service period", Rule.GZ_23, c -> dated(c, c.signedOn(), AFTER_PERIOD)),
                contract("has a contract in another name", Rule.GZ_09, c -> named(c, "粤示范改名企业", c.providerName())),
                contract("has another provider's contract", Rule.GZ_09, c -> named(c, c.enterpriseName(), "粤示范改名平台")),
                papers(
                        "hands in a file that is too large",
                        new Document("CONTRACT", "0".repeat(64), "application/pdf", TOO_LARGE_BYTES)),
                papers(
                        "hands in a file of another type",
                        new Document("CONTRACT", "0".repeat(64), "application/msword", 1_000)),
                papers("hands in two files of a kind", Desk.document("CONTRACT"), Desk.document("CONTRACT")),
                papers("hands in no contract", new Document("OTHER", "0".repeat(64), "image/jpeg", 1_000)),
                Trespass.of(
                                "hands in the contract of another voucher",
                                Rule.GZ_26,
                                h -> Deed.of(h.holder(), Contracting.uploading(h, sibling(scene, h).contract)))
                        .where(h -> sibling(scene, h) != null),
                Trespass.of(
                                "hands in a contract that another fund has paid",
                                Rule.GZ_27,
                                h -> Deed.of(h.holder(), Contracting.uploading(h, funded(h.contract))))
                        .after(h -> Deed.of(
                                Caller.OPERATOR,
                                new RecordOtherFunding(
                                        h.firm.code(),
                                        h.platform.code(),
                                        funded(h.contract).number(),
                                        h.contract.item(),
                                        "省科技创新券"))),
                Trespass.of(
                                "confirms a contract that has not come",
                                Rule.GZ_22,
                                h -> Deed.of(h.provider(), new ConfirmContract(h.voucherId, true)))
                        .where(h -> h.status != VoucherStatus.CONTRACT_UPLOADED),
                Trespass.of(
                                "sends back a contract that has not come",
                                Rule.GZ_22,
                                h -> Deed.of(h.provider(), new SendContractBack(h.voucherId, "missing")))
                        .where(h -> h.status != VoucherStatus.CONTRACT_UPLOADED));
    }

    /** Another voucher of the enterprise whose contract with the same provider is in force. */
    private static Holding sibling(Scene scene, Holding h) {
        return scene.holdings.stream()
                .filter(other -> other != h && other.firm == h.firm && other.platform == h.platform)
                .filter(other -> other.offer == h.offer && Paying.isContracted(other))
                .findFirst()
                .orElse(null);
    }

    private static Trespass contract(String name, Rule rule, UnaryOperator<Contract> change) {
        return Trespass.of(name, rule, h -> Deed.of(h.holder(), Contracting.uploading(h, change.apply(h.contract))));
    }

    private static Trespass papers(String name, Document... documents) {
        return Trespass.of(
                name,
                Rule.GZ_45,
                h -> Deed.of(h.holder(), new UploadContract(h.voucherId, h.contract, true, List.of(documents))));
    }

    private static Contract ofAnotherType(Contract c) {
        ServiceType other = ServiceType.values()[(c.serviceType().ordinal() + 1) % ServiceType.values().length];
        return new Contract(
                c.number(),
                c.item(),
                c.enterpriseName(),
                c.providerName(),
                other,
                c.signedOn(),
                c.serviceFrom(),
                c.serviceUntil(),
                c.amountFen(),
                c.unrelatedFen());
    }

    private static Contract dated(Contract c, LocalDate signedOn, LocalDate until) {
        return new Contract(
                c.number(),
                c.item(),
                c.enterpriseName(),
                c.providerName(),
                c.serviceType(),
                signedOn,
                c.serviceFrom(),
                until,
                c.amountFen(),
                c.unrelatedFen());
    }

    private static Contract named(Contract c, String enterprise, String provider) {
        return new Contract(
                c.number(),
                c.item(),
                enterprise,
                provider,
                c.serviceType(),
                c.signedOn(),
                c.serviceFrom(),
                c.serviceUntil(),
                c.amountFen(),
                c.unrelatedFen());
    }

    private static Contract funded(Contract c) {
        return new Contract(
                c.number() + "-KJ",
                c.item(),
                c.enterpriseName(),
                c.providerName(),
                c.serviceType(),
                c.signedOn(),
                c.serviceFrom(),
                c.serviceUntil(),
                c.amountFen(),
                c.unrelatedFen());
    }
}
