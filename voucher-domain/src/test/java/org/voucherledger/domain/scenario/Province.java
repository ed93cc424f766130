package org.voucherledger.domain.scenario;

import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.catalogue.CatalogueCommand.ListProduct;
import org.voucherledger.domain.cloud.CloudCommand.ApplyWithContract;
import org.voucherledger.domain.cloud.CloudCommand.ApproveApplication;
import org.voucherledger.domain.cloud.CloudCommand.ClaimCloudVoucher;
import org.voucherledger.domain.cloud.CloudCommand.RecallApplication;
import org.voucherledger.domain.cloud.CloudCommand.RejectApplication;
import org.voucherledger.domain.cloud.Reserved;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * A province with a cloud scheme in the words of the business, for tests: {@link City} with what a cloud voucher needs. Who
 * appears first is an industrial enterprise of Guangzhou, or a provider with the product {@code ERP} on the catalogue.
 */
public final class Province implements AutoCloseable {

    public static final String GUANGZHOU = "广州市";
    public static final String MEIZHOU = "梅州市";
    public static final String PRODUCT = "ERP";
    public static final long FUND_FEN = yuan(100_000_000);

    private final City city;
    private final String scheme;
    private final Set<String> enterprises = new HashSet<>();
    private final Set<String> providers = new HashSet<>();
    private int contracts;

    /** Guangdong in 2020, on the first day of applying. */
    public Province() {
        this(GuangdongCloudTerms.asPublished());
    }

    public Province(SchemeTerms terms) {
        this(new City(terms), terms.schemeId());
    }

    public Province(City city, String scheme) {
        this.city = city;
        this.scheme = scheme;
        city.sends(new ChangeFund(scheme, FUND_FEN, "notice-fund", "资金下达")).wasAccepted();
        city.at(GuangdongCloudTerms.APPLY_FROM);
    }

    public City city() {
        return city;
    }

    public Province at(String dateTime) {
        city.at(dateTime);
        return this;
    }

    public Province at(Instant instant) {
        city.at(instant);
        return this;
    }

    public Province sends(Command command) {
        city.sends(command);
        return this;
    }

    public Province wasAccepted() {
        city.wasAccepted();
        return this;
    }

    public RefusalAssert wasRefusedBy(Rule rule) {
        return city.wasRefusedBy(rule);
    }

    // ---------------------------------------------------------------- parties

    /** A small industrial enterprise of that city. */
    public static Declaration declaration(String name, String cityName) {
        Declaration d = Cast.declaration(name, Industry.INDUSTRY, 50, 800, 300, Size.SMALL);
        return new Declaration(
                d.name(),
                cityName,
                d.district(),
                d.industry(),
                d.employees(),
                d.revenueWan(),
                d.assetsWan(),
                d.declaredSize(),
                d.legalPerson(),
                d.establishedOn(),
                d.handlerRef(),
                d.trustLevel());
    }

    public Province registers(String name, String cityName, PriorityTag... tags) {
        enterprises.add(name);
        city.registers(name, declaration(name, cityName)).verifies(name, tags);
        return this;
    }

    /** An enterprise of a cluster pilot in Guangzhou. */
    public Province pilot(String name) {
        return registers(name, GUANGZHOU, PriorityTag.CLUSTER_PILOT);
    }

    public String enterprise(String name) {
        if (!enterprises.contains(name)) {
            registers(name, GUANGZHOU);
        }
        return Cast.code(name);
    }

    public Province recognises(String name, SupplierClass supplierClass) {
        providers.add(name);
        String id = Cast.code(name);
        String title = Cast.providerName(name);
        sends(new RecogniseProvider(
                        id,
                        title,
                        RecognitionLevel.PROVINCIAL,
                        GUANGZHOU,
                        Set.of(ServiceType.INFORMATION),
                        Set.of(),
                        supplierClass,
                        LocalDate.of(2018, 1, 1),
                        LocalDate.of(2021, 12, 31)))
                .wasAccepted();
        sends(new RegisterProvider(id, title, GUANGZHOU, List.of(Papers.document("BUSINESS_LICENCE"))))
                .wasAccepted();
        sends(new VerifyProvider(id)).wasAccepted();
        return sends(new ListProduct(id, PRODUCT, 2019, "云上管理系统", "A1", "", "")).wasAccepted();
    }

    public String provider(String name) {
        if (!providers.contains(name)) {
            recognises(name, SupplierClass.OTHER);
        }
        return Cast.code(name);
    }

    // ---------------------------------------------------------------- batches

    /** A city's quota, with the window and the redemption of the notice. */
    public Province opens(String batch, String cityName, long budgetFen) {
        return sends(new OpenBatch(
                batch,
                scheme,
                cityName,
                budgetFen,
                GuangdongCloudTerms.APPLY_FROM,
                GuangdongCloudTerms.APPLY_UNTIL,
                null,
                null,
                null,
                "notice-" + batch));
    }

    // ---------------------------------------------------------------- vouchers

    /** The papers of a contract of its own, paid in full. */
    public Papers papers(String enterprise, String provider, long contractFen) {
        return Papers.of(enterprise, provider, "C-" + ++contracts, contractFen).transferred(contractFen);
    }

    public ApplyWithContract application(String enterprise, String batch, String provider, Papers papers) {
        return new ApplyWithContract(
                batch,
                enterprise(enterprise),
                provider(provider),
                PRODUCT,
                papers.cloudContract(),
                true,
                true,
                List.of(Papers.document("CONTRACT")));
    }

    public Province applies(String enterprise, String batch, long contractFen) {
        return applies(enterprise, batch, "P1", contractFen);
    }

    public Province applies(String enterprise, String batch, String provider, long contractFen) {
        return sends(application(enterprise, batch, provider, papers(enterprise, provider, contractFen)));
    }

    /** The voucher of an application that is accepted. */
    public String reserves(String enterprise, String batch, long contractFen) {
        applies(enterprise, batch, contractFen).wasAccepted();
        return ((Reserved) city.lastOutcome().result()).voucherId();
    }

    public Province approves(String voucherId) {
        return sends(new ApproveApplication(voucherId));
    }

    public Province rejects(String voucherId) {
        return sends(new RejectApplication(voucherId, "材料与合同不符"));
    }

    public Province recalls(String voucherId) {
        return sends(new RecallApplication(voucherId, "项目取消"));
    }

    /** A voucher that may be claimed. */
    public String issues(String enterprise, String batch, long contractFen) {
        String voucherId = reserves(enterprise, batch, contractFen);
        approves(voucherId).wasAccepted();
        return voucherId;
    }

    /** The papers of a claim over so much, numbered as the claim is, so that each claim has its own. */
    public ClaimCloudVoucher claim(String voucherId, String claimId, long paidFen) {
        VoucherState state = city.state(voucherId);
        Papers papers = Papers.of("E1", "P1", claimId, Math.max(paidFen, 1))
                .named(
                        state.contract() == null ? "-" : state.contract().enterpriseName(),
                        state.contract() == null ? "-" : state.contract().providerName())
                .transferred(Math.max(paidFen, 1));
        return claim(voucherId, claimId, papers);
    }

    public ClaimCloudVoucher claim(String voucherId, String claimId, Papers papers) {
        return new ClaimCloudVoucher(
                voucherId,
                claimId,
                papers.completedOn(),
                papers.invoices(),
                papers.transfers(),
                true,
                List.of(
                        Papers.document("INVOICE"),
                        Papers.document("BANK_TRANSFER"),
                        Papers.document("ACCEPTANCE_REPORT")));
    }

    public Province claims(String voucherId, String claimId, long paidFen) {
        return sends(claim(voucherId, claimId, paidFen));
    }

    /** Reviews with this much approved, and publishes. */
    public Province publishes(String claimId, long approvedFen) {
        city.reviews(claimId, approvedFen).publishes(claimId).wasAccepted();
        return this;
    }

    public Province settles(String claimId, String voucherId) {
        city.settles(claimId, voucherId);
        return this;
    }

    public VoucherState state(String voucherId) {
        return city.state(voucherId);
    }

    public Province booksBalance() {
        city.booksBalance();
        return this;
    }

    @Override
    public void close() {
        city.close();
    }
}
