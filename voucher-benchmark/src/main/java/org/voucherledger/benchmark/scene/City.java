package org.voucherledger.benchmark.scene;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.ProductDescription;
import org.voucherledger.domain.party.ProviderCommand.ProposeProduct;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.PublishClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.InvoiceKind;
import org.voucherledger.domain.voucher.Transfer;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmContract;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;

/**
 * The commands of a city under the Guangzhou scheme, in the order in which they can be done: n enterprises, each asking for
 * two vouchers of {@link #FACE_FEN}, and as many providers as can take them all.
 *
 * <p>Every name that the city brings into the ledger bears its mark, so that a log of it can be copied into that of another.
 */
public final class City {

    public static final long FACE_FEN = 50_000;

    /** So little that an enterprise can apply again in every round (GZ-11). */
    public static final long SMALL_FACE_FEN = 500;

    private static final long FUND_FEN = 1_000_000_000_000L;
    private static final int VOUCHERS_OF_A_PROVIDER = 90;
    private static final int ITEMS_OF_A_CLAIM = 50;
    private static final String NAME = "广州市";
    private static final String[] DISTRICTS = {"天河区", "越秀区", "黄埔区", "番禺区", "白云区"};
    private static final Actor BUREAU = Actor.of("bureau-1", Role.BUREAU);
    private static final Actor OPERATOR = Actor.of("operator-1", Role.OPERATOR);

    private final String mark;
    private final int enterprises;
    private final int providers;

    /**
     * @param mark four characters of a credit code's alphabet that occur nowhere else in an event
     * @param enterprises at most 99,999
     */
    public City(String mark, int enterprises) {
        if (mark.length() != 4 || enterprises > 99_999) {
            throw new IllegalArgumentException(mark + ", " + enterprises);
        }
        this.mark = mark;
        this.enterprises = enterprises;
        this.providers = 2 * enterprises / VOUCHERS_OF_A_PROVIDER + 1;
    }

    /** A granted voucher with its holder and a number of its own among the city's. */
    public record Voucher(String id, String enterpriseId, int number) {}

    public String scheme() {
        return "BENCH-" + mark;
    }

    public String enterprise(long number) {
        return code("440100" + mark + "0" + "%04d".formatted(number % 10_000), number / 10_000);
    }

    private static String code(String middle, long group) {
        String first17 = "9" + (group + 1) + middle;
        return first17 + CreditCode.checkCharacter(first17);
    }

    public String provider(long number) {
        String first17 = "91440100" + mark + "P" + "%04d".formatted(number);
        return first17 + CreditCode.checkCharacter(first17);
    }

    /** The scheme, the providers and the enterprises, all verified. To be done before the window of any batch. */
    public List<List<CommandRequest>> founding() {
        return List.of(
                List.of(of(BUREAU, scheme(), publication())),
                each(providers, n -> of(OPERATOR, "rec-" + n, recognition(n))),
                each(providers, n -> of(provider(provider(n)), "reg-p-" + n, registration(n))),
                each(providers, n -> of(OPERATOR, "ver-p-" + n, new VerifyProvider(provider(n)))),
                each(providers, n -> of(provider(provider(n)), "pro-" + n, product(n))),
                each(providers, n -> of(OPERATOR, "pub-" + n, new PublishProduct(provider(n), "PRODUCT", 1))),
                each(enterprises, n -> of(OPERATOR, "reg-" + n, new RegisterEnterprise(enterprise(n), declaration(n)))),
                each(enterprises, n -> of(OPERATOR, "ver-" + n, verification(n))));
    }

    public CommandRequest opens(String batchId, long budgetFen, Instant from, Instant until) {
        return of(
                BUREAU,
                "open-" + batchId,
                new OpenBatch(batchId, scheme(), "", budgetFen, from, until, null, null, null, "notice-" + batchId));
    }

    public int providers() {
        return providers;
    }

    public String batch(int number) {
        return "B" + mark + "-" + number;
    }

    /** These enterprises' applications, for two vouchers each. */
    public List<CommandRequest> applications(String batchId, int from, int until) {
        return LongStream.range(from, until)
                .mapToObj(n -> applies(batchId, n, FACE_FEN))
                .toList();
    }

    /** An application for two vouchers of this face amount: a small one leaves room for many in a year (GZ-11). */
    public CommandRequest applies(String batchId, long number, long faceFen) {
        return of(
                enterprise(enterprise(number)),
                "apply-" + batchId + "-" + number,
                new Apply(batchId, enterprise(number), 2 * faceFen, List.of(faceFen, faceFen)));
    }

    public CommandRequest ends(String batchId) {
        return of(OPERATOR, "end-" + batchId, new EndApplications(batchId));
    }

    public CommandRequest grants(String batchId, int step) {
        return grants(batchId, step, 100);
    }

    public CommandRequest grants(String batchId, int step, int atMost) {
        return of(OPERATOR, "grant-" + batchId + "-" + step, new GrantApplications(batchId, atMost));
    }

    public CommandRequest publishes(String batchId, int step) {
        return of(OPERATOR, "publish-" + batchId + "-" + step, new PublishGrant(batchId, 100));
    }

    /** As the sweep does when it is too late to order (GZ-30). */
    public CommandRequest recovers(String voucherId) {
        return of(Actor.SYSTEM, "recover-" + voucherId, new RecoverVoucher(voucherId));
    }

    public CommandRequest orders(Voucher voucher) {
        return of(
                enterprise(voucher.enterpriseId()),
                "order-" + voucher.id(),
                new OrderVoucher(voucher.id(), providerOf(voucher), "PRODUCT", FACE_FEN, true));
    }

    public CommandRequest confirmsOrder(Voucher voucher) {
        return of(provider(providerOf(voucher)), "confirm-" + voucher.id(), new ConfirmOrder(voucher.id()));
    }

    public CommandRequest uploadsContract(Voucher voucher) {
        var contract = new Contract(
                "C-" + voucher.id(),
                "1",
                "企业" + voucher.enterpriseId(),
                "机构" + providerOf(voucher),
                ServiceType.INFORMATION,
                LocalDate.of(2020, 5, 5),
                LocalDate.of(2020, 5, 6),
                LocalDate.of(2020, 5, 20),
                2 * FACE_FEN,
                0);
        return of(
                enterprise(voucher.enterpriseId()),
                "contract-" + voucher.id(),
                new UploadContract(voucher.id(), contract, true, List.of(document("CONTRACT", voucher.number()))));
    }

    public CommandRequest confirmsContract(Voucher voucher) {
        return of(
                provider(providerOf(voucher)),
                "confirm-contract-" + voucher.id(),
                new ConfirmContract(voucher.id(), true));
    }

    public CommandRequest pays(Voucher voucher) {
        String enterprise = "企业" + voucher.enterpriseId();
        String provider = "机构" + providerOf(voucher);
        var invoice = new Invoice(
                InvoiceKind.VAT_SPECIAL,
                "4400194130",
                "I-" + voucher.id(),
                LocalDate.of(2020, 5, 21),
                provider,
                enterprise,
                2 * FACE_FEN,
                0);
        var transfer =
                new Transfer("中国银行", LocalDate.of(2020, 5, 22), "T-" + voucher.id(), enterprise, provider, FACE_FEN, 0);
        return of(
                enterprise(voucher.enterpriseId()),
                "pay-" + voucher.id(),
                new PayVoucher(
                        voucher.id(),
                        FACE_FEN,
                        LocalDate.of(2020, 5, 20),
                        5,
                        List.of(invoice),
                        List.of(transfer),
                        true,
                        List.of(
                                document("INVOICE", voucher.number()),
                                document("BANK_TRANSFER", voucher.number()),
                                document("ACCEPTANCE", voucher.number()))));
    }

    public CommandRequest accepts(Voucher voucher) {
        return of(provider(providerOf(voucher)), "accept-" + voucher.id(), new AcceptVoucher(voucher.id()));
    }

    /** The claims of one batch by all its providers, as lists of the vouchers in each. */
    public List<List<Voucher>> claims(List<Voucher> vouchers) {
        return LongStream.range(0, providers)
                .boxed()
                .flatMap(n -> {
                    var theirs = vouchers.stream()
                            .filter(voucher -> providerOf(voucher).equals(provider(n)))
                            .toList();
                    int claims = (theirs.size() + ITEMS_OF_A_CLAIM - 1) / ITEMS_OF_A_CLAIM;
                    return LongStream.range(0, claims)
                            .mapToObj(i -> theirs.subList(
                                    (int) i * ITEMS_OF_A_CLAIM,
                                    Math.min(theirs.size(), ((int) i + 1) * ITEMS_OF_A_CLAIM)));
                })
                .toList();
    }

    public CommandRequest claims(String batchId, List<Voucher> vouchers) {
        String provider = providerOf(vouchers.get(0));
        return of(
                provider(provider),
                "claim-" + vouchers.get(0).id(),
                new SubmitClaim(claim(vouchers), batchId, provider, ids(vouchers), List.of(document("CLAIM_FORM", 1))));
    }

    public CommandRequest reviewsFirst(List<Voucher> vouchers) {
        return of(OPERATOR, "first-" + claim(vouchers), new ReviewFirst(claim(vouchers), reviews(vouchers)));
    }

    public CommandRequest reviewsFinally(List<Voucher> vouchers) {
        return of(BUREAU, "final-" + claim(vouchers), new ReviewFinally(claim(vouchers), reviews(vouchers)));
    }

    public CommandRequest publishesClaim(List<Voucher> vouchers) {
        return of(OPERATOR, "notice-" + claim(vouchers), new PublishClaim(claim(vouchers)));
    }

    public CommandRequest settles(List<Voucher> vouchers) {
        return of(
                OPERATOR,
                "settle-" + claim(vouchers),
                new SettleItems(claim(vouchers), ids(vouchers), "BANK-" + claim(vouchers), null, ""));
    }

    private static String claim(List<Voucher> vouchers) {
        return "C-" + vouchers.get(0).id();
    }

    private static List<String> ids(List<Voucher> vouchers) {
        return vouchers.stream().map(Voucher::id).toList();
    }

    private static List<ItemReview> reviews(List<Voucher> vouchers) {
        return vouchers.stream()
                .map(voucher -> new ItemReview(voucher.id(), FACE_FEN, ""))
                .toList();
    }

    private String providerOf(Voucher voucher) {
        return provider(voucher.number() % providers);
    }

    /** The Guangzhou scheme under the city's own name, with a fund that is enough for anything. */
    public String schemeFile() {
        return resource("/schemes/guangzhou-2020.yaml")
                .replaceFirst("(?m)^schemeId: .*$", "schemeId: " + scheme())
                .replaceFirst("amountFen: [0-9]+", "amountFen: " + FUND_FEN);
    }

    private PublishScheme publication() {
        var read = SchemeFile.read(schemeFile().getBytes(StandardCharsets.UTF_8), SchemeFile.Format.YAML);
        return new PublishScheme(read.terms(), read.sha256());
    }

    private static String resource(String path) {
        try (InputStream in = City.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RecogniseProvider recognition(long n) {
        return new RecogniseProvider(
                provider(n),
                "机构" + provider(n),
                RecognitionLevel.CITY,
                NAME,
                Set.of(ServiceType.INFORMATION),
                Set.of(),
                null,
                LocalDate.of(2018, 1, 1),
                LocalDate.of(2020, 12, 31));
    }

    private RegisterProvider registration(long n) {
        return new RegisterProvider(provider(n), "机构" + provider(n), NAME, List.of(document("BUSINESS_LICENCE", n)));
    }

    private ProposeProduct product(long n) {
        return new ProposeProduct(
                provider(n),
                "PRODUCT",
                "信息化服务",
                ServiceType.INFORMATION,
                new ProductDescription(Set.of(NAME), "中小微企业", "信息化服务", "受理、实施、交付", "不超过半年", "服务报告", "双方签字验收"),
                10_000,
                5_000_000,
                "按项目",
                List.of(document("QUALIFICATION_PROOF", n), document("PAST_CONTRACT", n)));
    }

    private Declaration declaration(long n) {
        return new Declaration(
                "企业" + enterprise(n),
                NAME,
                DISTRICTS[(int) (n % DISTRICTS.length)],
                Industry.INDUSTRY,
                20 + n % 200,
                1_000,
                500,
                Size.SMALL,
                true,
                LocalDate.of(2015, 3, 1),
                "handler-" + mark + "-" + n,
                1);
    }

    private VerifyEnterprise verification(long n) {
        return new VerifyEnterprise(
                enterprise(n),
                2020,
                LocalDate.of(2020, 1, 2),
                true,
                true,
                Set.of(),
                List.of(document("LICENCE", n), document("TAX_CERTIFICATE", n), document("DECLARATION", n)));
    }

    private static Document document(String kind, long number) {
        return new Document(kind, "%064x".formatted(number), "application/pdf", 1_024);
    }

    private static Actor enterprise(String code) {
        return new Actor("handler-of-" + code, Role.ENTERPRISE, code);
    }

    private static Actor provider(String code) {
        return new Actor("handler-of-" + code, Role.PROVIDER, code);
    }

    private static List<CommandRequest> each(int count, LongFunction<CommandRequest> request) {
        return LongStream.range(0, count).mapToObj(request).toList();
    }

    private CommandRequest of(Actor actor, String key, Command command) {
        return new CommandRequest(actor, mark + "-" + key, "", command);
    }
}
